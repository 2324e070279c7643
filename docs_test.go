package cards_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// declared has the names of a package's declarations by its folder: "maxLists", "Options.HeldBytes" for a field and
// "Cache.Put" for a method. tests has the names of all tests and fuzz targets.
type declared struct {
	names map[string]map[string]bool
	tests map[string]bool
}

// declarations parses every Go file of the repository.
func declarations(t *testing.T) declared {
	t.Helper()
	d := declared{map[string]map[string]bool{}, map[string]bool{}}
	files := token.NewFileSet()
	for _, name := range goFiles(t) {
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		dir := path.Dir(name)
		if d.names[dir] == nil {
			d.names[dir] = map[string]bool{}
		}
		for _, decl := range file.Decls {
			d.add(dir, decl, strings.HasSuffix(name, "_test.go"))
		}
	}
	return d
}

// goFiles returns the paths of the repository's Go files.
func goFiles(t *testing.T) (all []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch base := entry.Name(); {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata"):
			return fs.SkipDir
		case strings.HasSuffix(base, ".go"):
			all = append(all, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// add records the names of a declaration.
func (d declared) add(dir string, decl ast.Decl, isTest bool) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		name := decl.Name.Name
		if isTest && decl.Recv == nil && (strings.HasPrefix(name, "Test") || strings.HasPrefix(name, "Fuzz")) {
			d.tests[name] = true
		}
		if decl.Recv != nil {
			name = receiver(decl.Recv.List[0].Type) + "." + name
		}
		d.names[dir][name] = true
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			d.addSpec(dir, spec)
		}
	}
}

func (d declared) addSpec(dir string, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			d.names[dir][name.Name] = true
		}
	case *ast.TypeSpec:
		d.names[dir][spec.Name.Name] = true
		if s, ok := spec.Type.(*ast.StructType); ok {
			for _, field := range s.Fields.List {
				for _, name := range field.Names {
					d.names[dir][spec.Name.Name+"."+name.Name] = true
				}
			}
		}
	}
}

// receiver returns the name of a method's type.
func receiver(e ast.Expr) string {
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	if name, ok := e.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

var (
	quoted   = regexp.MustCompile("`([^`]+)`")
	testName = regexp.MustCompile(`^(?:Test|Fuzz)[A-Z]\w*$`)
	// codeName matches a name in a package by its folder, such as internal/fetch.Options.HeldBytes.
	codeName = regexp.MustCompile(`^((?:card|client|cmd|fonts|handlers|internal|render|share)(?:/\w+)*)\.(\w+(?:\.\w+)?)$`)
)

// checkedDocuments are the documents whose names of code and tests must exist.
var checkedDocuments = []string{"docs/threats.md", "docs/budgets.md"}

// TestDocumentsNameWhatExists: every test, and every name in the code, to which the documents of threats and budgets
// refer, exists. Most rows name a test.
func TestDocumentsNameWhatExists(t *testing.T) {
	d := declarations(t)
	for _, name := range checkedDocuments {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tests := 0
		for _, m := range quoted.FindAllStringSubmatch(string(raw), -1) {
			if testName.MatchString(m[1]) {
				if tests++; !d.tests[m[1]] {
					t.Errorf("%s: there is no test %s", name, m[1])
				}
			}
			if code := codeName.FindStringSubmatch(m[1]); code != nil && !d.names[code[1]][code[2]] {
				t.Errorf("%s: %s has no %s", name, code[1], code[2])
			}
		}
		if tests < 40 {
			t.Errorf("%s names %d tests", name, tests)
		}
	}
}

// TestEveryFuzzTargetIsListed: docs/threats.md names each fuzz target.
func TestEveryFuzzTargetIsListed(t *testing.T) {
	raw, err := os.ReadFile("docs/threats.md")
	if err != nil {
		t.Fatal(err)
	}
	for name := range declarations(t).tests {
		if strings.HasPrefix(name, "Fuzz") && !strings.Contains(string(raw), "`"+name+"`") {
			t.Errorf("docs/threats.md does not name %s", name)
		}
	}
}

// TestEveryBudgetIsTried: each row of the table of budgets names where the bound is in the code, and a test that tries
// it, or says why there is no bound.
func TestEveryBudgetIsTried(t *testing.T) {
	raw, err := os.ReadFile("docs/budgets.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.SplitSeq(string(raw), "\n") {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(cells[0], " What grows") {
			continue
		}
		if rows++; len(cells) != 5 {
			t.Fatalf("a row of %d cells: %s", len(cells), line)
		}
		what, bound, code, tests := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[2]), cells[3], cells[4]
		if bound == "" || !strings.HasPrefix(bound, "none: ") && codeIn(code) == 0 {
			t.Errorf("%s: no bound, or no place of it in the code", what)
		}
		if !strings.HasPrefix(bound, "none: ") && !strings.Contains(tests, "`Test") {
			t.Errorf("%s: no test", what)
		}
	}
	if rows < 40 {
		t.Errorf("%d rows", rows)
	}
}

// codeIn counts the names of code in a text.
func codeIn(text string) (n int) {
	for _, m := range quoted.FindAllStringSubmatch(text, -1) {
		if codeName.MatchString(m[1]) {
			n++
		}
	}
	return n
}
