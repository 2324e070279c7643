// Package settings reads the file of settings of a service: TOML, with one line NAME = VALUE for each setting, where
// NAME is that of a flag without its dashes.
package settings

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// maxBytes is the most that a file may have, which is far more than all settings take.
const maxBytes = 1 << 20

// File holds the settings of a file. It is safe for concurrent use.
type File struct {
	path   string
	public bool // others than the owner may read it
	values map[string]value
}

// value is what a file says of a setting: a string or, if the file has an array, a []any of strings.
type value struct {
	is   any
	line int // from 1
}

// Read reads the file. The error names the file and, where it can, the line.
func Read(path string) (*File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, reason(err))
	}
	if !info.Mode().IsRegular() || info.Size() > maxBytes {
		return nil, fmt.Errorf("%s: must be a file of at most %d bytes", path, maxBytes)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, reason(err))
	}
	f, err := parse(path, data)
	if err != nil {
		return nil, err
	}
	f.public = info.Mode().Perm()&0o077 != 0
	return f, nil
}

// reason returns the error without the path, which the caller has named.
func reason(err error) error {
	if at, ok := errors.AsType[*os.PathError](err); ok {
		return at.Err
	}
	return err
}

// parse reads the bytes of a file.
func parse(path string, data []byte) (*File, error) {
	table := map[string]any{}
	if err := toml.Unmarshal(data, &table); err != nil {
		if at, ok := errors.AsType[*toml.DecodeError](err); ok {
			line, column := at.Position()
			return nil, fmt.Errorf("%s:%d:%d: %s", path, line, column, strings.TrimPrefix(at.Error(), "toml: "))
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f := &File{path: path, values: map[string]value{}}
	lines := linesOf(data)
	for name, raw := range table {
		v, ok := convert(raw)
		if !ok {
			return nil, fmt.Errorf("%s:%d: %s must be a text, a whole number, true, false, or a list of texts; "+
				"there are no sections", path, lines[name], name)
		}
		f.values[name] = value{v, lines[name]}
	}
	return f, nil
}

// convert returns what an environment variable would say for the value, or the list of that.
func convert(raw any) (any, bool) {
	switch v := raw.(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case []any:
		texts := make([]any, len(v))
		for i, element := range v {
			one, ok := element.(string)
			if !ok {
				return nil, false
			}
			texts[i] = one
		}
		return texts, true
	}
	return nil, false
}

// linesOf returns the lines of the document's keys and sections. The document must be valid.
func linesOf(data []byte) map[string]int {
	lines := map[string]int{}
	var p unstable.Parser
	p.Reset(data)
	section := false
	for p.NextExpression() {
		e := p.Expression()
		heading := e.Kind == unstable.Table || e.Kind == unstable.ArrayTable
		section = section || heading
		if section && !heading {
			continue
		}
		keys := e.Key()
		if !keys.Next() {
			continue
		}
		key := keys.Node()
		if _, seen := lines[string(key.Data)]; !seen {
			lines[string(key.Data)] = p.Shape(key.Raw).Start.Line
		}
	}
	return lines
}

// Path returns the path of the file.
func (f *File) Path() string { return f.path }

// Public reports whether others than the file's owner may read it.
func (f *File) Public() bool { return f.public }

// Names returns the names of the settings, in the order of the file.
func (f *File) Names() []string {
	var names []string
	for name := range f.values {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(f.values[a].line, f.values[b].line), cmp.Compare(a, b))
	})
	return names
}

// Value returns what the file says of the setting: a string, a []any of strings or, if it says nothing, nil.
func (f *File) Value(name string) any { return f.values[name].is }

// Place returns where the file has the setting, as FILE:LINE.
func (f *File) Place(name string) string { return fmt.Sprintf("%s:%d", f.path, f.values[name].line) }
