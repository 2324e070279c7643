package fetch

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"code.dny.dev/ssrf"

	"newsroom.example/cards/internal/weburl"
)

// guard decides which hosts and addresses may be reached. It asks no resolver and sends nothing.
type guard struct {
	public   *ssrf.Guardian // refuses what the IANA special-purpose registries list
	ports    []uint16
	names    []string // allowed although private: exact, lower case
	suffixes []string // ".example.org": with the dot, so that "evilexample.org" does not match
	prefixes []netip.Prefix
	own      []address
}

// address is where a service listens: a host's name, lower case and without a dot at its end, and a port.
type address struct{ name, port string }

// addressOf returns where a URL leads. The port is its scheme's where it names none.
func addressOf(u *url.URL) address {
	port := strings.TrimLeft(u.Port(), "0") // a dialer takes 0443 for 443
	if port == "" {
		port = defaultPorts[u.Scheme]
	}
	return address{weburl.Name(u.Hostname()), port}
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

// azureWire is Azure's control address, which is in no registry.
var azureWire = netip.MustParseAddr("168.63.129.16")

func newGuard(o Options) (*guard, error) {
	g := &guard{public: ssrf.New(ssrf.WithAnyPort(), ssrf.WithNetworks("tcp4", "tcp6")), ports: o.Ports}
	for _, own := range o.OwnHosts {
		for scheme := range defaultPorts { // both, where it names no port
			g.own = append(g.own, addressOf(&url.URL{Scheme: scheme, Host: own}))
		}
	}
	for _, rule := range o.Allow {
		if err := g.allow(strings.ToLower(strings.TrimSpace(rule))); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// allow adds a rule of Options.Allow.
func (g *guard) allow(rule string) error {
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
		return fmt.Errorf("%q is no host, .suffix or CIDR", rule)
	}
	return nil
}

// allowsName reports a host that a rule allows although it may be private.
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
	return slices.ContainsFunc(g.prefixes, func(p netip.Prefix) bool {
		return p.Contains(addr.Unmap()) || p.Contains(addr)
	})
}

// localNames are refused whatever a resolver answers; those with a dot are suffixes.
var localNames = []string{"localhost", ".localhost", ".local", ".internal", ".localdomain", ".home.arpa"}

// checkHost refuses local names, and the service itself.
func (g *guard) checkHost(u *url.URL) error {
	to := addressOf(u)
	if slices.Contains(g.own, to) {
		return fmt.Errorf("host %q is this service's own", u.Host)
	}
	if g.allowsName(to.name) {
		return nil
	}
	for _, local := range localNames {
		if to.name == local || strings.HasPrefix(local, ".") && strings.HasSuffix(to.name, local) {
			return fmt.Errorf("host %q is local", to.name)
		}
	}
	return nil
}

// control returns a check of the address about to be dialled, for net.Dialer. It runs after DNS, so that no
// resolver can lead a connection into the local network. allowed says that a rule allows the host's name.
func (g *guard) control(allowed bool) func(network, address string, c syscall.RawConn) error {
	return func(network, address string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("dialled address: %w", err)
		}
		if allowed || g.allowsAddr(ap.Addr()) {
			return nil
		}
		if !slices.Contains(g.ports, ap.Port()) {
			return fmt.Errorf("port %d is not allowed", ap.Port())
		}
		if ap.Addr() == azureWire || ap.Addr().Unmap() == azureWire {
			return fmt.Errorf("address %s is not public", ap.Addr())
		}
		addr := net.JoinHostPort(ap.Addr().String(), strconv.FormatUint(uint64(ap.Port()), 10))
		if err := g.public.Safe(network, addr, nil); err != nil {
			return fmt.Errorf("address is not public: %w", err)
		}
		return nil
	}
}
