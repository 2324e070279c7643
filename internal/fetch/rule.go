package fetch

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"newsroom.example/cards/internal/weburl"
)

// rule is a rule of Options.Allow. One of name, suffix and prefix is set.
type rule struct {
	name   string // as weburl.Name maps it
	suffix string // ".example.org": with the dot, so that "evilexample.org" does not match
	prefix netip.Prefix
	port   uint16 // allowed in addition to those of every host; 0: none
}

// parseRule parses a rule. IPv6 addresses and CIDRs with a port are in brackets: [fd00::/8]:8080. The error names
// the rule.
func parseRule(text string) (r rule, err error) {
	host := strings.TrimSpace(text)
	if name, port, err := net.SplitHostPort(host); err == nil && strings.Trim(port, "0123456789") == "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return rule{}, fmt.Errorf("%q must have a port from 1 to 65535", text)
		}
		host, r.port = name, uint16(n)
	} else if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		host = host[1 : len(host)-1]
	}
	if prefix, ok := parsePrefix(host); ok {
		r.prefix = prefix
		return r, nil
	}
	name, isSuffix := strings.CutPrefix(host, ".")
	if name = weburl.Name(name); !isName(name) {
		return rule{}, fmt.Errorf("%q is no HOST, .SUFFIX, IP address or CIDR, with or without :PORT", text)
	}
	if isSuffix {
		r.suffix = "." + name
	} else {
		r.name = name
	}
	return r, nil
}

// parsePrefix parses an IP address or a CIDR. Prefixes of IPv4-mapped addresses are those of the IPv4 addresses.
func parsePrefix(s string) (netip.Prefix, bool) {
	prefix, err := netip.ParsePrefix(s)
	if addr, addrErr := netip.ParseAddr(s); addrErr == nil && addr.Zone() == "" {
		prefix, err = addr.Prefix(addr.BitLen())
	}
	if err != nil {
		return netip.Prefix{}, false
	}
	if addr := prefix.Addr(); addr.Is4In6() && prefix.Bits() >= 96 {
		prefix = netip.PrefixFrom(addr.Unmap(), prefix.Bits()-96)
	}
	return prefix.Masked(), true
}

// isName reports whether a mapped name may be a host's.
func isName(s string) bool {
	foreign := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.'
	}
	return s != "" && !strings.ContainsFunc(s, foreign) && !strings.HasPrefix(s, ".") && !strings.Contains(s, "..")
}

// hasName reports whether the rule is for the mapped name of a host.
func (r rule) hasName(name string) bool {
	return r.name != "" && name == r.name || r.suffix != "" && strings.HasSuffix(name, r.suffix)
}

// hasAddr reports whether the rule is for the address, also in its IPv4-mapped form. The zero prefix and the zero
// address match nothing.
func (r rule) hasAddr(addr netip.Addr) bool { return r.prefix.Contains(addr.Unmap()) }
