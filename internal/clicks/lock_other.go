//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package clicks

import "os"

// lock does nothing: elsewhere only one process may use a data folder.
func lock(*os.File) error { return nil }
