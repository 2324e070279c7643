package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"

	"code.dny.dev/ssrf"

	"newsroom.example/cards/internal/weburl"
)

// guard decides which hosts and addresses may be reached. It asks no resolver and sends nothing.
type guard struct {
	public *ssrf.Guardian // refuses what the IANA special-purpose registries list
	ports  []uint16       // of every host
	rules  []rule
	own    []address
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
	g := &guard{public: ssrf.New(), ports: o.Ports}
	for _, own := range o.OwnHosts {
		for scheme := range defaultPorts { // both, where it names no port
			g.own = append(g.own, addressOf(&url.URL{Scheme: scheme, Host: own}))
		}
	}
	for _, text := range o.Allow {
		r, err := parseRule(text)
		if err != nil {
			return nil, err
		}
		g.rules = append(g.rules, r)
	}
	return g, nil
}

// rulesFor returns the rules that a host's name or address matches.
func (g *guard) rulesFor(host string) []rule {
	name := weburl.Name(host)
	addr, _ := netip.ParseAddr(name)
	return g.matching(func(r rule) bool { return r.hasName(name) || r.hasAddr(addr) })
}

func (g *guard) matching(matches func(rule) bool) (all []rule) {
	for _, r := range g.rules {
		if matches(r) {
			all = append(all, r)
		}
	}
	return all
}

// localNames are refused whatever a resolver answers; those with a dot are suffixes.
var localNames = []string{"localhost", ".localhost", ".local", ".internal", ".localdomain", ".home.arpa"}

// checkHost refuses local names, and the service itself.
func (g *guard) checkHost(u *url.URL) error {
	to := addressOf(u)
	if slices.Contains(g.own, to) {
		return blockedf("host %q is this service's own", u.Host)
	}
	if len(g.rulesFor(to.name)) > 0 {
		return nil
	}
	for _, local := range localNames {
		if to.name == local || strings.HasPrefix(local, ".") && strings.HasSuffix(to.name, local) {
			return blockedf("host %q is local", to.name)
		}
	}
	return nil
}

// control returns a check of the address about to be dialled, for net.Dialer. It runs after DNS, so that no
// resolver can lead a connection into the local network. named are the rules that the host's name matches.
func (g *guard) control(named []rule) func(network, address string, c syscall.RawConn) error {
	return func(network, address string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("dialled address: %w", err)
		}
		addr := ap.Addr()
		rules := append(g.matching(func(r rule) bool { return r.hasAddr(addr) }), named...)
		opens := func(r rule) bool { return r.port == ap.Port() }
		if !slices.Contains(g.ports, ap.Port()) && !slices.ContainsFunc(rules, opens) {
			return blockedf("port %d is not allowed", ap.Port())
		}
		if len(rules) > 0 {
			return nil
		}
		return g.checkPublic(addr)
	}
}

// checkPublic refuses an address that is not public, and one that carries such an address. No rule for the carried
// address allows it: it leads there by another machine, from which the same address may be another host.
func (g *guard) checkPublic(addr netip.Addr) error {
	if addr.Unmap() == azureWire {
		return blockedf("address %s is not public", addr)
	}
	if err := g.public.SafeAddr(addr); err != nil {
		return blockedf("address is not public: %v", err)
	}
	if inner, ok := isatap(addr); ok {
		if err := g.checkPublic(inner); err != nil {
			return blockedf("address %s carries another: %v", addr, err)
		}
	}
	return nil
}

// isatap returns the IPv4 address in the interface identifier of an ISATAP address (RFC 5214, section 6.1), to
// which a router sends the packet. The identifier may follow any prefix. The other addresses that carry one
// (IPv4-mapped and -compatible, NAT64, 6to4, Teredo) have prefixes of their own, which are refused as a whole.
func isatap(addr netip.Addr) (inner netip.Addr, ok bool) {
	if !addr.Is6() {
		return netip.Addr{}, false
	}
	b := addr.As16()
	if b[8]&^0x02 != 0 || b[9] != 0 || b[10] != 0x5e || b[11] != 0xfe {
		return netip.Addr{}, false
	}
	return netip.AddrFrom4([4]byte(b[12:])), true
}
