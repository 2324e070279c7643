package photo

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"

	"code.dny.dev/ssrf"
)

// guard decides which hosts and addresses may be reached.
type guard struct {
	public   *ssrf.Guardian // refuses what the IANA special-purpose registries list
	ports    []uint16
	names    []string // allowed although private: exact, lower case
	suffixes []string // ".example.org": the dot included, so that a name that merely ends alike does not match
	prefixes []netip.Prefix
	own      []place
}

// place is where a service listens: a host's name, lower case and without the dot that may end
// it, and a port.
type place struct{ name, port string }

// nameOf is a host's name in the form in which names are compared.
func nameOf(host string) string { return strings.ToLower(strings.TrimRight(host, ".")) }

// placeOf is where a URL leads. The port is its scheme's where it names none.
func placeOf(u *url.URL) place {
	port := strings.TrimLeft(u.Port(), "0") // a dialler takes 0443 for 443
	if port == "" {
		port = defaultPorts[u.Scheme]
	}
	return place{nameOf(u.Hostname()), port}
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

// azureWire is a platform's control address that no registry lists.
var azureWire = netip.MustParseAddr("168.63.129.16")

func newGuard(o FetchOptions) (*guard, error) {
	g := &guard{public: ssrf.New(ssrf.WithAnyPort(), ssrf.WithNetworks("tcp4", "tcp6")), ports: o.Ports}
	for _, own := range o.OwnHosts {
		for scheme := range defaultPorts { // both, where it names no port
			g.own = append(g.own, placeOf(&url.URL{Scheme: scheme, Host: own}))
		}
	}
	for _, rule := range o.Allow {
		rule = strings.ToLower(strings.TrimSpace(rule))
		prefix, err := netip.ParsePrefix(rule)
		addr, addrErr := netip.ParseAddr(strings.Trim(rule, "[]"))
		switch {
		case err == nil:
			g.prefixes = append(g.prefixes, prefix.Masked())
		case addrErr == nil:
			g.prefixes = append(g.prefixes, netip.PrefixFrom(addr, addr.BitLen()))
		case strings.HasPrefix(rule, ".") && len(rule) > 1:
			g.suffixes = append(g.suffixes, rule)
		case rule != "" && !strings.ContainsAny(rule, "/:@* "):
			g.names = append(g.names, rule)
		default:
			return nil, fmt.Errorf("%q is no host, .suffix or CIDR", rule)
		}
	}
	return g, nil
}

// allowsName reports a host that the operator vouches for.
func (g *guard) allowsName(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if slices.Contains(g.names, host) {
		return true
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return g.allowsAddr(addr)
	}
	return slices.ContainsFunc(g.suffixes, func(s string) bool { return strings.HasSuffix(host, s) })
}

func (g *guard) allowsAddr(addr netip.Addr) bool {
	return slices.ContainsFunc(g.prefixes, func(p netip.Prefix) bool { return p.Contains(addr.Unmap()) || p.Contains(addr) })
}

// localNames never lead to a public host, whatever a resolver says.
var localNames = []string{"localhost", ".localhost", ".local", ".internal", ".localdomain", ".home.arpa"}

// checkHost refuses names that mean the local network, and our own.
func (g *guard) checkHost(u *url.URL) error {
	to := placeOf(u)
	name := to.name
	if slices.Contains(g.own, to) {
		return fmt.Errorf("host %q is this service's own", u.Host)
	}
	if g.allowsName(name) {
		return nil
	}
	for _, local := range localNames {
		if name == local || strings.HasPrefix(local, ".") && strings.HasSuffix(name, local) {
			return fmt.Errorf("host %q is local", name)
		}
	}
	return nil
}

// control checks the address about to be dialled, after DNS, so that no resolver can lead a
// connection astray. vouched says that the host's name is on the allow list.
func (g *guard) control(vouched bool) func(network, address string, c syscall.RawConn) error {
	return func(network, address string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("dialled address: %w", err)
		}
		if vouched || g.allowsAddr(ap.Addr()) {
			return nil
		}
		if !slices.Contains(g.ports, ap.Port()) {
			return fmt.Errorf("port %d is not allowed", ap.Port())
		}
		if ap.Addr() == azureWire || ap.Addr().Unmap() == azureWire {
			return fmt.Errorf("address %s is not public", ap.Addr())
		}
		if err := g.public.Safe(network, net.JoinHostPort(ap.Addr().String(), fmt.Sprint(ap.Port())), nil); err != nil {
			return fmt.Errorf("address is not public: %w", err)
		}
		return nil
	}
}
