package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
)

// mutant is one change of a file. text replaces the bytes from start to end.
type mutant struct {
	file       string
	line       int
	kind       string
	start, end int
	text       string
	source     string // the line of the change, without surrounding white space
}

// swaps maps operators to their replacements.
var swaps = map[token.Token]struct {
	kind string
	by   token.Token
}{
	token.LSS:  {"boundary", token.LEQ},
	token.LEQ:  {"boundary", token.LSS},
	token.GTR:  {"boundary", token.GEQ},
	token.GEQ:  {"boundary", token.GTR},
	token.EQL:  {"negation", token.NEQ},
	token.NEQ:  {"negation", token.EQL},
	token.LAND: {"logic", token.LOR},
	token.LOR:  {"logic", token.LAND},
	token.ADD:  {"arithmetic", token.SUB},
	token.SUB:  {"arithmetic", token.ADD},
	token.MUL:  {"arithmetic", token.QUO},
	token.QUO:  {"arithmetic", token.MUL},
	token.SHL:  {"arithmetic", token.SHR},
	token.SHR:  {"arithmetic", token.SHL},
}

// reader collects the mutants of a file.
type reader struct {
	name  string
	src   []byte
	lines []string
	files *token.FileSet
	all   []mutant
}

// mutants returns the mutants of a file, in the order of the syntax tree.
func mutants(name string) ([]mutant, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	r := &reader{name: name, src: src, lines: strings.Split(string(src), "\n"), files: token.NewFileSet()}
	file, err := parser.ParseFile(r.files, name, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		r.visit(n)
		_, imports := n.(*ast.ImportSpec)
		return !imports
	})
	return r.all, nil
}

func (r *reader) offset(p token.Pos) int { return r.files.Position(p).Offset }

// add adds a mutant that replaces the source from start to end by text.
func (r *reader) add(kind string, start, end token.Pos, text string) {
	line := r.files.Position(start).Line
	r.all = append(r.all, mutant{
		file: r.name, line: line, kind: kind, start: r.offset(start), end: r.offset(end), text: text,
		source: strings.TrimSpace(r.lines[line-1]),
	})
}

// text returns the source from start to end.
func (r *reader) text(start, end token.Pos) string {
	return string(r.src[r.offset(start):r.offset(end)])
}

func (r *reader) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if s, ok := swaps[n.Op]; ok {
			r.add(s.kind, n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), s.by.String())
		}
	case *ast.IfStmt:
		r.add("condition", n.Cond.Pos(), n.Cond.End(), "!("+r.text(n.Cond.Pos(), n.Cond.End())+")")
	case *ast.ExprStmt:
		if call, ok := n.X.(*ast.CallExpr); ok {
			r.add("call", n.Pos(), n.End(), "_ = func() { "+r.text(call.Pos(), call.End())+" }")
		}
	case *ast.DeferStmt:
		r.add("defer", n.Pos(), n.End(), "_ = func() { "+r.text(n.Call.Pos(), n.Call.End())+" }")
	case *ast.IncDecStmt:
		by := "--"
		if n.Tok == token.DEC {
			by = "++"
		}
		r.add("arithmetic", n.TokPos, n.End(), by)
	case *ast.BasicLit:
		if v, err := strconv.ParseInt(n.Value, 0, 32); n.Kind == token.INT && err == nil {
			r.add("constant", n.Pos(), n.End(), strconv.FormatInt(v+1, 10))
		}
	case *ast.Ident:
		if by := map[string]string{"true": "false", "false": "true"}[n.Name]; by != "" {
			r.add("constant", n.Pos(), n.End(), by)
		}
	case *ast.BranchStmt:
		if n.Tok == token.CONTINUE && n.Label == nil {
			r.add("branch", n.Pos(), n.End(), "break")
		}
	case *ast.ReturnStmt:
		r.returns(n)
	}
}

// returns adds mutants that return nil instead of an error variable, or "" instead of a string constant.
func (r *reader) returns(n *ast.ReturnStmt) {
	for i, result := range n.Results {
		switch e := result.(type) {
		case *ast.Ident:
			if strings.HasPrefix(e.Name, "err") && i == len(n.Results)-1 {
				r.add("return", e.Pos(), e.End(), "nil")
			}
		case *ast.BasicLit:
			if e.Kind == token.STRING && e.Value != `""` {
				r.add("return", e.Pos(), e.End(), `""`)
			}
		}
	}
}
