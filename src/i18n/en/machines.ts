/** The Machines page. */
export const machines = {
  'machines.inside': 'Chart and tables',
  'machines.list': 'State machines',
  'machines.help':
    'Numbers as the log of the lane tells them at this moment. A machine without a number leaves no moves in the log.',
  'machines.chart': 'State chart of {machine}',
  'machines.count': '{n} of them in {lane} at {time}; strong where something has happened',
  'machines.notInLog': 'the log of {lane} names none at {time}',
  'machines.selected': '{task}: {state}',
  'machines.last': 'Last transition',
  'machines.tables': 'Tables',
  'machines.noRows': 'No rows at this moment.',
  'machines.newest': 'The newest {shown} of {total} rows.',
};
