package fault

// ErrRemoved is wrapped by the errors of files and folders that were removed or replaced while the service runs.
var ErrRemoved = New(Unavailable, "was removed or replaced")
