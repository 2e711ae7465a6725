"""Why a copy can't be made or put back."""


class BackupError(Exception):
    """A backup that can't be made or put back, with the reason for the operator."""
