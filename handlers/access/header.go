package access

import (
	"net/http"
	"net/netip"
	"strings"

	"newsroom.example/cards/internal/editors"
)

// Header is how a proxy says who has signed in at it. It must remove such headers from what it is sent.
type Header struct {
	Name    string         // of the header with the name of the editor
	Role    string         // of the header with her role; empty: all have the role Default
	Default Role           // of those for whom the proxy sends no role
	Proxies []netip.Prefix // whose headers count
	Ignored func(r *http.Request)
}

// editor returns who has signed in at the proxy that sent the request. Only the direct sender of the request counts: it
// is the one that has added the header. What others send is ignored, and told to Ignored.
func (h *Header) editor(r *http.Request) (e Editor, ok bool) {
	if h == nil || len(r.Header.Values(h.Name)) == 0 {
		return e, false
	}
	if !h.trusts(r.RemoteAddr) {
		h.Ignored(r)
		return e, false
	}
	name, ok := single(r.Header, h.Name)
	if !ok {
		return e, false
	}
	role := h.Default
	if h.Role != "" && len(r.Header.Values(h.Role)) > 0 {
		given, one := single(r.Header, h.Role)
		if !one || role.UnmarshalText([]byte(strings.ToLower(given))) != nil {
			return e, false
		}
	}
	return editors.Outside(name, "header "+name, role), true
}

// single returns the value of a header that is there once and not empty.
func single(header http.Header, name string) (value string, ok bool) {
	all := header.Values(name)
	if len(all) != 1 {
		return "", false
	}
	value = strings.TrimSpace(all[0])
	return value, value != ""
}

func (h *Header) trusts(remote string) bool {
	from, err := netip.ParseAddrPort(remote)
	if err != nil {
		return false
	}
	for _, p := range h.Proxies {
		if p.Contains(from.Addr().Unmap()) {
			return true
		}
	}
	return false
}
