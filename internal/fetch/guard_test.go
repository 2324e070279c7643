package fetch

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// strict is a guard without rules.
func strict(t *testing.T) *guard {
	t.Helper()
	g, err := newGuard(DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// dialled asks the guard about an address that the host turned out to have. No packet is sent.
func dialled(g *guard, at netip.AddrPort, host string) error {
	network := "tcp4"
	if at.Addr().Is6() {
		network = "tcp6"
	}
	return g.control(g.rulesFor(host))(network, at.String(), nil)
}

// TestLocalNames asks the guard itself, before any resolver: some names are local whatever DNS says.
func TestLocalNames(t *testing.T) {
	for host, local := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "localhost.": true, "localhost..": true, "localhost:8080": true,
		"a.localhost": true, "a.b.localhost": true, "A.LocalHost.": true,
		"printer.local": true, "a.printer.local": true, "printer.LOCAL.": true, "printer.local:80": true,
		"db.internal": true, "a.db.internal": true, "metadata.google.internal.": true, "DB.INTERNAL": true,
		"a.localdomain": true, "localhost.localdomain": true, "a.LocalDomain.": true,
		"nas.home.arpa": true, "a.nas.home.arpa": true, "NAS.Home.Arpa.": true,
		"news.example": false, "local.example": false, "internal.example": false, "home.arpa.example": false,
		"localhost.example": false, "mylocalhost.example": false, "notlocal": false, "mylocalhost": false,
		"a.notlocal": false, "a.notinternal": false, "a.nothome.arpa": false, "in-addr.arpa": false,
	} {
		if err := strict(t).checkHost(&url.URL{Scheme: "https", Host: host}); (err != nil) != local {
			t.Errorf("%s: %v", host, err)
		}
	}
}

// TestLocalAddresses asks the guard about the ends of every range that does not lead to a public host: those of
// the IANA special-purpose address registries, multicast, former ranges, and those that wrap an IPv4 address.
func TestLocalAddresses(t *testing.T) {
	g := strict(t)
	for _, block := range []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
		"172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32",
		"::/128", "::1/128", "::/96", "::ffff:0:0/104", "::ffff:10.0.0.0/104", "::ffff:127.0.0.0/104",
		"::ffff:169.254.0.0/112", "::ffff:192.168.0.0/112", "::ffff:168.63.129.16/128",
		"64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:2::/48", "2001:10::/28",
		"2001:20::/28", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
		"fc00::/7", "fd00:ec2::254/128", "fe80::/10", "fec0::/10", "ff00::/8",
		"2001:4860::5efe:127.0.0.0/104", "2001:4860::200:5efe:10.0.0.0/104",
	} {
		p := netip.MustParsePrefix(block)
		for _, addr := range []netip.Addr{p.Addr(), lastOf(p)} {
			for _, port := range g.ports {
				if dialled(g, netip.AddrPortFrom(addr, port), "news.example") == nil {
					t.Errorf("%s of %s may be dialled", addr, block)
				}
			}
		}
	}
	for _, public := range []string{ // beside the ranges
		"1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
		"168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
		"192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
		"198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255",
		"2001:4860:4860::8888", "2606:4700::1111", "2a00:1450::1",
	} {
		for _, port := range g.ports {
			if err := dialled(g, netip.AddrPortFrom(netip.MustParseAddr(public), port), "news.example"); err != nil {
				t.Errorf("%s: %v", public, err)
			}
		}
	}
}

// lastOf returns the last address of a range.
func lastOf(p netip.Prefix) netip.Addr {
	b := p.Addr().AsSlice()
	for i := p.Bits(); i < 8*len(b); i++ {
		b[i/8] |= 0x80 >> (i % 8)
	}
	addr, _ := netip.AddrFromSlice(b)
	return addr
}

// forms are the ways in which an IPv6 address carries the IPv4 address a.b.c.d, and whether one that carries a
// public address may be dialled: the others have prefixes that are refused as a whole.
var forms = []struct {
	name   string
	at     int // of the IPv4 address, in bytes
	prefix string
	flip   byte // of the bits of the IPv4 address
	public bool
}{
	{"IPv4-mapped", 12, "::ffff:0:0", 0, false},
	{"IPv4-compatible", 12, "::", 0, false},
	{"IPv4-translated", 12, "::ffff:0:0:0", 0, false},
	{"NAT64", 12, "64:ff9b::", 0, false},
	{"NAT64 of a local prefix", 12, "64:ff9b:1::", 0, false},
	{"NAT64 of a local prefix of 48 bits", 6, "64:ff9b:1::", 0, false},
	{"6to4", 2, "2002::1", 0, false},
	{"Teredo", 12, "2001:0:4136:e378:8000:63bf::", 0xff, false},
	{"Teredo's server", 4, "2001:0:0:0:8000:63bf:f7f7:f7f7", 0, false},
	{"ISATAP", 12, "2001:4860::5efe:0:0", 0, true},
	{"ISATAP of a unique address", 12, "2001:4860::200:5efe:0:0", 0, true},
	{"ISATAP of a link", 12, "fe80::5efe:0:0", 0, false},
	{"ISATAP of a private network", 12, "fd00::200:5efe:0:0", 0, false},
}

// TestCarriedAddresses: an IPv6 address leads nowhere that the IPv4 address which it carries may not.
func TestCarriedAddresses(t *testing.T) {
	g := strict(t)
	for _, form := range forms {
		for inner, public := range map[string]bool{
			"127.0.0.1": false, "10.0.0.1": false, "172.16.0.1": false, "192.168.0.1": false, "100.64.0.1": false,
			"169.254.169.254": false, "168.63.129.16": false, "0.0.0.0": false, "255.255.255.255": false,
			"8.8.8.8": true, "93.184.216.34": true,
		} {
			b := netip.MustParseAddr(form.prefix).As16()
			for i, v := range netip.MustParseAddr(inner).As4() {
				b[form.at+i] = v ^ form.flip
			}
			addr := netip.AddrFrom16(b)
			if err := dialled(g, netip.AddrPortFrom(addr, 443), "news.example"); (err == nil) != (public && form.public) {
				t.Errorf("%s, %s of %s: %v", form.name, addr, inner, err)
			}
		}
	}
}

// TestISATAPBeside: an interface identifier that is not ISATAP's carries no address.
func TestISATAPBeside(t *testing.T) {
	g := strict(t)
	for _, addr := range []string{
		"2001:4860::100:5efe:7f00:1", "2001:4860::5eff:7f00:1", "2001:4860::1:5efe:7f00:1", "2001:4860:5efe::7f00:1",
		"2001:4860:0:5efe:7f00:1::", "2001:4860::300:5efe:7f00:1",
	} {
		if err := dialled(g, netip.AddrPortFrom(netip.MustParseAddr(addr), 443), "news.example"); err != nil {
			t.Errorf("%s: %v", addr, err)
		}
	}
}

// TestRules: a rule allows an address or a name although it is private, on ports 80 and 443 and its own.
func TestRules(t *testing.T) {
	g, err := newGuard(Options{Ports: []uint16{80, 443}, Allow: []string{
		"cms.example", ".corp.example", "10.1.0.0/16", "10.2.0.0/16:8080", "cms8.example:8080", ".corp8.example:8080",
		"[fd00::8]:8080", "[fd08::/16]:8080", "fd00::/64", "cms8.example:9090", "2001:4861::/64", "한글.example", "news8.example:8080",
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		address string
		host    string
		ok      bool
	}{
		{"93.184.216.34:80", "news.example", true}, {"93.184.216.34:443", "news.example", true},
		{"[2606:2800:220:1::1]:443", "news.example", true},
		{"93.184.216.34:22", "news.example", false}, {"93.184.216.34:8080", "news.example", false},
		{"127.0.0.1:80", "rebound.example", false}, {"10.0.0.1:80", "rebound.example", false},
		{"10.1.2.3:80", "rebound.example", true}, {"10.1.2.3:443", "rebound.example", true},
		{"10.1.2.3:9000", "rebound.example", false}, {"10.1.2.3:22", "rebound.example", false},
		{"10.2.0.1:80", "rebound.example", true}, {"10.2.0.1:8080", "rebound.example", true},
		{"10.2.0.1:8081", "rebound.example", false}, {"10.1.2.3:8080", "rebound.example", false},
		{"[::ffff:10.2.0.1]:8080", "rebound.example", true},
		{"127.0.0.1:80", "cms.example", true}, {"127.0.0.1:443", "CMS.example.", true},
		{"127.0.0.1:9000", "cms.example", false}, {"127.0.0.1:8080", "cms.example", false},
		{"127.0.0.1:80", "cms8.example", true}, {"127.0.0.1:8080", "cms8.example", true},
		{"127.0.0.1:9090", "cms8.example", true}, {"127.0.0.1:9091", "cms8.example", false},
		{"127.0.0.1:8080", "a.corp8.example", true}, {"127.0.0.1:8080", "corp8.example", false},
		{"127.0.0.1:8080", "a.corp.example", false}, {"93.184.216.34:8080", "news8.example", true},
		{"[fd00::8]:8080", "rebound.example", true}, {"[fd00::8]:443", "rebound.example", true},
		{"[fd00::9]:8080", "rebound.example", false}, {"[fd00::9]:443", "rebound.example", true},
		{"[fd08:1::1]:8080", "rebound.example", true}, {"[fd09::1]:80", "rebound.example", false},
		{"127.0.0.1:80", "한글.example", true}, {"127.0.0.1:80", "xn--bj0bj06e.example", true},
		{"127.0.0.1:80", "ＣＭＳ.example", true},
		{"[2001:4860::5efe:10.1.2.3]:80", "rebound.example", false}, // the rule is for another way there
		{"[64:ff9b::10.1.2.3]:80", "rebound.example", false},
		{"[2001:4861::5efe:10.1.2.3]:80", "rebound.example", true},
		{"[2001:4860::5efe:10.1.2.3]:80", "cms.example", true},
		{"127.0.0.1:80", "evilcms.example", false}, {"192.168.1.1:80", "a.corp.example", true},
		{"192.168.1.1:80", "evilcorp.example", false}, {"192.168.1.1:80", "corp.example", false},
	} {
		if err := dialled(g, netip.MustParseAddrPort(tt.address), tt.host); (err == nil) != tt.ok {
			t.Errorf("%s as %s: %v", tt.address, tt.host, err)
		}
	}
}

// TestWrongRules: the error names the rule.
func TestWrongRules(t *testing.T) {
	for _, bad := range []string{
		"", " ", ".", "..", "http://a", "https://a:8080", "*.a", "a b", "a/b/c", "a@b", "a..b", ".:80", ":80",
		"a:0", "a:65536", "a:", "a:-1", "a:http", "a:80:80", "10.0.0.0/33", "10.0.0.0/8:0", "fd00::/8:80",
		"[fd00::/8", "fd00::1]", "[a]:b:1", "fe80::1%eth0", "a?b", "a#b", "a%62", "뉴 스",
	} {
		if _, err := newGuard(Options{Allow: []string{bad}}); err == nil || !strings.Contains(err.Error(), strconv.Quote(bad)) {
			t.Errorf("rule %q: %v", bad, err)
		}
	}
}

// TestOwnHosts: the service does not fetch from itself, however its address is written.
func TestOwnHosts(t *testing.T) {
	for _, tt := range []struct {
		own, url string
		ok       bool
	}{
		{"", "https://cards.example/a", true},
		{"cards.example", "https://cards.example/a", false},
		{"cards.example", "https://cards.example:443/a", false},
		{"cards.example", "https://cards.example:0443/a", false},
		{"cards.example", "https://cards.example:/a", false},
		{"cards.example", "http://cards.example:80/a", false},
		{"cards.example", "http://cards.example/a", false},
		{"cards.example", "https://cards.example./a", false},
		{"cards.example", "https://CARDS.example..:443/a", false},
		{"Cards.Example.", "https://cards.example/a", false},
		{"cards.example", "https://cards.example:8443/a", true},
		{"cards.example", "https://a.cards.example/a", true},
		{"cards.example:443", "https://cards.example/a", false},
		{"cards.example:443", "http://cards.example/a", true},
		{"cards.example:8080", "http://cards.example.:8080/a", false},
		{"cards.example:8080", "http://cards.example/a", true},
		{"[2001:db8::1]:80", "http://[2001:DB8::1]/a", false},
	} {
		o := DefaultOptions()
		o.OwnHosts = []string{tt.own}
		if _, err := newClient(t, o).checkURL(tt.url); (err == nil) != tt.ok {
			t.Errorf("own %q: %s: %v", tt.own, tt.url, err)
		}
	}
}

// TestAllowRules: a suffix allows what ends in it, and a range the mapped forms of its addresses too.
func TestAllowRules(t *testing.T) {
	for _, c := range []struct {
		rule, host string
		want       bool
	}{
		{".a", "cms.a", true},
		{".a", "a", false},
		{".a", "cms.b", false},
		{"cms.a.", "cms.a", true},
		{"CMS.A", "cms.a", true},
		{".뉴스.example", "사진.뉴스.example", true},
		{".뉴스.example", "뉴스.example", false},
		{"::ffff:127.0.0.0/104", "127.0.0.1", true},
		{"::ffff:127.0.0.1", "127.0.0.1", true},
		{"[::1]", "::1", true},
		{"127.0.0.0/8", "①②⑦.⓪.⓪.①", true},
		{"cms.a", "CMS.a.", true},
		{"cms.a", "x.cms.a", false},
		{"127.0.0.0/8", "127.0.0.1", true},
		{"127.0.0.0/8", "::ffff:127.0.0.1", true},
		{"127.0.0.0/8", "128.0.0.1", false},
		{"fd00::/8", "fd00::1", true},
		{"fd00::/8", "fe80::1", false},
	} {
		g, err := newGuard(Options{Allow: []string{c.rule}})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(g.rulesFor(c.host)) > 0; got != c.want {
			t.Errorf("%s allows %s: %v", c.rule, c.host, got)
		}
	}
}
