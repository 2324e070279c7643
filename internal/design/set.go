package design

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed builtin
var builtin embed.FS

// Default is the theme of cards that name none, and whose site and language have none.
const Default = "press"

// Set holds the themes and templates that cards can name. It is immutable and safe for concurrent use.
type Set struct {
	themes    map[string]*Theme
	templates map[string]*Template
	own       []string // themes of the newsroom, sorted
	ownForms  []string // templates of the newsroom, sorted
	archive   []byte   // files of the newsroom's designs; see Archive
	hash      string
}

// Builtin reads the built-in themes and templates. families are the available font families.
func Builtin(families []string) (*Set, error) {
	dir, err := fs.Sub(builtin, "builtin")
	if err != nil {
		return nil, err
	}
	s := &Set{themes: map[string]*Theme{}, templates: map[string]*Template{}}
	if err := s.read(dir, "themes", "templates", families); err != nil {
		return nil, err
	}
	if err := s.link(); err != nil {
		return nil, err
	}
	return s, nil
}

// With returns the set with the designs of a folder: each .toml file at its top is a theme, each below
// templates/ a template. A design with the name of a built-in one replaces it. The error joins all faults.
func (s *Set) With(dir fs.FS, families []string) (*Set, error) {
	next := &Set{themes: map[string]*Theme{}, templates: map[string]*Template{}}
	read := recorder{dir, map[string][]byte{}}
	if err := next.read(read, ".", "templates", families); err != nil {
		return nil, err
	}
	var err error
	if next.archive, next.hash, err = archived(read.files); err != nil {
		return nil, err
	}
	next.own, next.ownForms = sortedNames(next.themes), sortedNames(next.templates)
	for name, t := range s.themes {
		if next.themes[name] == nil {
			next.themes[name] = t
		}
	}
	for name, t := range s.templates {
		if next.templates[name] == nil {
			next.templates[name] = t
		}
	}
	if err := next.link(); err != nil {
		return nil, err
	}
	return next, nil
}

// link checks that the templates that other templates name exist.
func (s *Set) link() error {
	var faults []error
	for _, name := range sortedNames(s.templates) {
		t := s.templates[name]
		d := &document{file: t.file, places: t.places}
		for key, other := range map[string]string{"without_photo": t.WithoutPhoto, "otherwise": t.Otherwise} {
			if other != "" && s.templates[other] == nil {
				d.fault(key, "%q is no template; there are %s", other, strings.Join(s.Templates(), ", "))
			}
		}
		faults = append(faults, d.err())
	}
	return errors.Join(faults...)
}

// maxFiles is the maximum number of themes, and of templates, in a folder.
const maxFiles = 200

func (s *Set) read(dir fs.FS, themes, templates string, families []string) error {
	var faults []error
	each(dir, themes, &faults, func(file string) error {
		t, err := readTheme(dir, file, families)
		if err == nil {
			s.themes[t.Name] = t
		}
		return err
	})
	each(dir, templates, &faults, func(file string) error {
		t, err := readTemplate(dir, file)
		if err == nil {
			s.templates[t.Name] = t
		}
		return err
	})
	return errors.Join(faults...)
}

// each reads the .toml files of a folder in the order of their names. A missing folder counts as empty.
func each(dir fs.FS, folder string, faults *[]error, read func(file string) error) {
	entries, err := fs.ReadDir(dir, folder)
	if errors.Is(err, fs.ErrNotExist) && folder != "." {
		return
	}
	if err != nil {
		*faults = append(*faults, &Fault{File: folder, Problem: "cannot be read: " + err.Error()})
		return
	}
	n := 0
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".toml" || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if n++; n > maxFiles {
			*faults = append(*faults, &Fault{File: folder, Problem: fmt.Sprintf("holds more than %d files", maxFiles)})
			return
		}
		if err := read(path.Join(folder, e.Name())); err != nil {
			*faults = append(*faults, err)
		}
	}
}

// Theme returns the theme of a card: the one that it names; else, of the newsroom's themes, the first by name
// that is the default of the card's site, or of its language (a BCP 47 tag); else Default.
func (s *Set) Theme(name, site, lang string) (*Theme, bool) {
	if name != "" {
		t, ok := s.themes[name]
		return t, ok
	}
	site, lang = strings.ToLower(strings.TrimSpace(site)), strings.ToLower(lang)
	primary, _, _ := strings.Cut(lang, "-")
	for _, name := range s.own {
		if site != "" && slices.Contains(s.themes[name].sites, site) {
			return s.themes[name], true
		}
	}
	for _, name := range s.own {
		if l := s.themes[name].languages; lang != "" && (slices.Contains(l, lang) || slices.Contains(l, primary)) {
			return s.themes[name], true
		}
	}
	return s.themes[Default], true
}

// ThemeRule says why a card has its theme; see Theme.
func (s *Set) ThemeRule(name, site, lang string) string {
	if name != "" {
		return "the article names it"
	}
	t, _ := s.Theme("", site, lang)
	bySite, _ := s.Theme("", site, "")
	byLang, _ := s.Theme("", "", lang)
	switch {
	case t == bySite && slices.Contains(s.own, t.Name):
		return "the default of the publication"
	case t == byLang && slices.Contains(s.own, t.Name):
		return "the default of the language"
	}
	return "the default"
}

// Template returns the named template.
func (s *Set) Template(name string) (*Template, bool) {
	t, ok := s.templates[name]
	return t, ok
}

// Themes returns the names of the themes: the newsroom's own, then the default, then the others.
func (s *Set) Themes() []string {
	all := slices.Clone(s.own)
	rest := sortedNames(s.themes)
	if !slices.Contains(all, Default) {
		all = append(all, Default)
	}
	for _, name := range rest {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// Own returns the sorted names of the themes from a folder.
func (s *Set) Own() []string { return slices.Clone(s.own) }

// IsOwn reports whether the theme, or one of the templates, came from a folder.
func (s *Set) IsOwn(theme *Theme, templates ...*Template) bool {
	return slices.Contains(s.own, theme.Name) ||
		slices.ContainsFunc(templates, func(t *Template) bool { return slices.Contains(s.ownForms, t.Name) })
}

// OwnTemplates returns the sorted names of the templates from a folder.
func (s *Set) OwnTemplates() []string { return slices.Clone(s.ownForms) }

// Templates returns the sorted names of all templates.
func (s *Set) Templates() []string { return sortedNames(s.templates) }

// Fields returns the sorted names of the newsroom's own texts that templates show, such as "score" for fields.score.
func (s *Set) Fields() (names []string) {
	for _, t := range s.templates {
		for _, stack := range t.Stacks {
			for _, it := range stack.Items {
				for _, role := range slices.Concat(SplitRoles(it.Text), SplitRoles(it.Left), SplitRoles(it.Right)) {
					if own, ok := strings.CutPrefix(role, "fields."); ok && !slices.Contains(names, own) {
						names = append(names, own)
					}
				}
			}
		}
	}
	slices.Sort(names)
	return names
}

func sortedNames[T any](m map[string]T) []string {
	var all []string
	for name := range m {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

func baseName(file string) string { return strings.TrimSuffix(path.Base(file), ".toml") }

// digest returns a short hash of the bytes.
func digest(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}
