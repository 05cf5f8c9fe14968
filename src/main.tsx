/** Mounts the page and gives the application its workers, its drawer and its browser. */
import { createApp } from './app/createApp.ts';
import type { AppPorts } from './app/ports.ts';
import { startSimulation } from './host/remotes/simulation.ts';
import { makePicture } from './render/sceneHost.ts';
import { mount } from './views/mount.tsx';

async function start(root: Element): Promise<void> {
  const query = new URLSearchParams(location.search);
  const picture = await makePicture(query.has('draw-here') ? true : undefined);
  const ports: AppPorts = {
    picture,
    startSimulation,
    time: {
      now: () => performance.timeOrigin + performance.now(),
      nextFrame: (action) => void requestAnimationFrame(action),
      every(ms, action) {
        const timer = setInterval(action, ms);
        return () => clearInterval(timer);
      },
    },
    python: async () => (await import('./host/remotes/pythonSandbox.ts')).startPython(),
    storage: async () => (await import('./host/remotes/database.ts')).openStorage(),
    lanesOfFile: async (file, dagsOf) =>
      (await import('./host/remotes/scenarioFiles.ts')).lanesOfFile(file, dagsOf),
    demo: async () => (await import('./host/remotes/demo.ts')).demo(),
    browser: {
      locale: navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en',
      reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
      copy: (text) =>
        navigator.clipboard.writeText(text).then(
          () => true,
          () => false,
        ),
      save,
      address: location.href,
      forgetLink: () => history.replaceState(null, '', '#/'),
      channel: () => new MessageChannel(),
    },
  };
  await mount(root, createApp(ports));
}

function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const root = document.querySelector('#root');
if (root) void start(root);
