"""Which files are the person's own, and the line in them that is being run."""

#: Folder that holds the imported files; frames below it count as the person's.
root = "/dags"


def is_user_file(path):
    return path == root or path.startswith(root + "/")


def user_frame(frame):
    """(file, line) of the innermost frame in a file of the person; (None, None) without one."""
    while frame is not None:
        path = frame.f_code.co_filename
        if is_user_file(path):
            return path, frame.f_lineno
        frame = frame.f_back
    return None, None
