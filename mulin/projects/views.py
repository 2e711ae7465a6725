"""Pages of projects."""


def _to_come(request, **parts):
    raise NotImplementedError


projects = answer = accept = take_back = hand_over = project = note = delay = done = word = _to_come
