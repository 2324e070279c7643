//go:build !unix

package app

// giveTo does nothing: a new file belongs to whom the folder says.
func giveTo(_, _ string) error { return nil }
