package cards_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// network maps each package that may import net, crypto/tls, log/syslog or a network package below net/ to the reason.
// A path that ends in a slash covers all packages below it.
var network = map[string]string{
	"internal/fetch":           "the only ways out: connections to other machines, and to the operator's object store",
	"client":                   "calls the API, in other programs",
	"internal/intake":          "tells by the status of a page or of the service what to do; both are asked by others",
	"internal/ghost":           "asks the Ghost that the operator of cards hook ghost names, and answers its webhooks",
	"internal/health":          "asks the service that cards health names",
	"handlers":                 "answers requests",
	"handlers/":                "answer requests, each family its own",
	"internal/app":             "listens, and serves pprof to the operator",
	"internal/store/postgres":  "tells errors of the connections that its driver opens, to the server that --database names",
	"internal/preview":         "serves the page of theme preview to this machine",
	"internal/conns":           "accepts and bounds connections",
	"internal/certs/certstest": "makes certificates for addresses, in tests",
	"internal/certs":           "has the certificates of the listener; it asks an authority by the client that it is given",
	"internal/audience":        "reads the header of a request, and its address",
	"internal/api/contract":    "looks at answers, in tests",
	"internal/api/reference":   "the names of HTTP methods, at build time",
	"bench/bareecho":           "a service to compare with",
	"bench/compare":            "loads services on this machine",
	"bench/drills":             "loads the service on this machine",
	"bench/memory":             "loads the service on this machine",
	"bench/overload":           "loads the service on this machine",
	"bench/internal/instance":  "loads the service on this machine",
	"bench/simulate":           "loads the service on this machine",
	"internal/metrics":         "answers Prometheus",

	"internal/blob/s3/s3server": "starts an object store on this machine, for tests and drills",
}

// outward lists the packages that may also open connections.
var outward = []string{
	"internal/certs", // by the client that it is given, which is of internal/fetch
	"internal/fetch", "internal/ghost", "internal/health", "internal/blob/s3/s3server", "client", "bench/compare", "bench/drills",
	"bench/memory", "bench/overload", "bench/internal/instance",
}

// addressesOnly lists the packages below net/ that do not use the network.
var addressesOnly = []string{"net/url", "net/netip", "net/mail", "net/textproto"}

// connecting lists, by package, the names that open connections or resolve host names. A name that ends in an asterisk
// covers all names with that prefix.
var connecting = map[string][]string{
	"net": {"Dial*", "Lookup*", "Resolver", "DefaultResolver", "Resolve*"},
	"net/http": {
		"Client", "DefaultClient", "Transport", "DefaultTransport", "RoundTripper", "Get", "Head", "Post", "PostForm",
	},
	"net/http/httputil": {"*"},
	"net/rpc":           {"*"},
	"net/smtp":          {"*"},
	"crypto/tls":        {"Dial*", "Client"},
	"log/syslog":        {"*"},
}

// TestOneWayOut checks that only internal/fetch opens connections in the service: to addresses that its guard allows, or
// to the one object store that the operator has named. It also checks that only the packages listed in network import network packages.
func TestOneWayOut(t *testing.T) {
	stale, quiet := maps.Clone(network), slices.Clone(outward)
	for _, p := range packages(t) {
		if i := slices.IndexFunc(p.Imports, reachesNetwork); i >= 0 {
			row := rowOf(p.ImportPath)
			delete(stale, row)
			if row == "" {
				t.Errorf("%s imports %s: fetch through internal/fetch, or add a row with the reason", p.ImportPath, p.Imports[i])
			}
		}
		used := connections(t, p)
		if i := slices.Index(quiet, p.ImportPath); len(used) > 0 && i >= 0 {
			quiet = slices.Delete(quiet, i, i+1)
		} else if len(used) > 0 {
			t.Errorf("%s opens connections: %v", p.ImportPath, used)
		}
	}
	for path := range stale {
		t.Errorf("network lists %s, which imports nothing of the kind", path)
	}
	for _, path := range quiet {
		t.Errorf("outward lists %s, which opens no connection", path)
	}
}

// rowOf returns the key in network that covers a package, or the empty string if there is none.
func rowOf(path string) string {
	if network[path] != "" {
		return path
	}
	for row := range network {
		if strings.HasSuffix(row, "/") && strings.HasPrefix(path, row) {
			return row
		}
	}
	return ""
}

func reachesNetwork(path string) bool {
	return path == "net" || path == "crypto/tls" || path == "log/syslog" ||
		strings.HasPrefix(path, "net/") && !slices.Contains(addressesOnly, path)
}

// connections lists the uses of the names in connecting, with their positions in the source.
func connections(t *testing.T, p listed) (used []string) {
	t.Helper()
	files := token.NewFileSet()
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		imported := importNames(file)
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && connects(imported[x.Name], s.Sel.Name) {
				used = append(used, files.Position(s.Pos()).String()+": "+x.Name+"."+s.Sel.Name)
			}
			return true
		})
	}
	return used
}

// importNames maps the names of a file's imports to their paths.
func importNames(file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		name := path[strings.LastIndexByte(path, '/')+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = path
	}
	return names
}

// connects reports whether connecting lists the name of the package.
func connects(path, name string) bool {
	return slices.ContainsFunc(connecting[path], func(pattern string) bool {
		prefix, all := strings.CutSuffix(pattern, "*")
		return name == pattern || all && strings.HasPrefix(name, prefix)
	})
}
