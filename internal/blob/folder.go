package blob

import (
	"fmt"
	"io/fs"
	"os"

	"newsroom.example/cards/internal/fault"
)

// errMoved says that the open folder is no longer at its path. Linux goes on writing into a folder that was moved, so
// nothing may be stored there.
var errMoved = fmt.Errorf("%w: %w", &fault.Error{
	Kind: fault.Unavailable, Err: fault.ErrRemoved,
	Message: "the folder of pictures was removed or replaced; no photo can be stored until it is back",
}, ErrUnavailable)

// openFolder is an open folder.
type openFolder struct {
	path  string
	info  fs.FileInfo
	files FS
}

// openAt opens the folder at the path, which must exist.
func openAt(path string, wrap func(FS) FS) (*openFolder, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	info, err := root.Stat(".")
	if err != nil {
		return nil, err
	}
	p := &openFolder{path: path, info: info, files: folder{root}}
	if wrap != nil {
		p.files = wrap(p.files)
	}
	return p, nil
}

// check returns nil if the open folder is at its path, and otherwise an error that wraps errMoved.
func (p *openFolder) check() error {
	now, err := os.Stat(p.path)
	if err != nil {
		return fmt.Errorf("%s: %w", err.Error(), errMoved) // not fs.ErrNotExist: that is another finding
	}
	if !os.SameFile(now, p.info) {
		return fmt.Errorf("%s is another folder: %w", p.path, errMoved)
	}
	return nil
}

// current returns the folder at the path: the open one, or another that was put in its place, which it opens. It never
// creates one. With an error it returns the open folder.
func (d *Disk) current() (*openFolder, error) {
	at := d.at.Load()
	moved := at.check()
	if moved == nil {
		return at, nil
	}
	now, err := openAt(at.path, d.wrap)
	if err != nil {
		return at, moved
	}
	d.at.CompareAndSwap(at, now) // the old one is closed when nothing uses it any more (os.Root)
	return now, nil
}

// Check returns nil if the folder at its path is open, and otherwise the reason. If another folder is there, it is used
// from then on. Every write does the same.
func (d *Disk) Check() error {
	_, err := d.current()
	return err
}
