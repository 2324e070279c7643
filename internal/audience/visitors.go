package audience

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// Visitor identifies a reader and the reader's network for one day, without personal data. Every part is a hash under
// the key of the day.
type Visitor struct {
	ID [16]byte // of the address and the browser
	// Wide is of the IPv4 /24 or IPv6 /48, and Narrow of the IPv6 /64; IPv4 has no narrow one, which is 0. Both are
	// reduced to a number from 1 to Networks, so that thousands of networks have the same one.
	Wide, Narrow uint16
}

// Networks is the number of different numbers of networks. It is small, so that few are to be stored for a story, and
// large enough that an attacker's network rarely has the number of a reader's.
const Networks = 4095

// Visitors identifies readers. The zero value is ready to use; its keys are known to this process alone. Visitors is
// safe for concurrent use.
type Visitors struct {
	// DailyKey returns the key of a day (UTC), the same to all processes of the service and after a restart. It is
	// replaced every day, and not kept.
	DailyKey func(ctx context.Context, now time.Time) ([32]byte, error)

	mu    sync.Mutex
	key   [32]byte
	day   day
	until time.Time // when DailyKey is asked again on the same day; zero: not again

	hashers sync.Pool // of *hasher, with the key of any day
}

// day is a day (UTC), counted from the first one; 0: none.
type day int64

func dayOf(t time.Time) day { return day(t.Unix()/86_400) + 1 }

// retryKey is how long a key of this process is used before DailyKey is asked again.
const retryKey = time.Minute

// keyOf returns the key of the day of now. If DailyKey fails, it returns the error once and a random key, which is
// used for the next minute.
func (v *Visitors) keyOf(ctx context.Context, now time.Time) (key [32]byte, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	day := dayOf(now)
	if day == v.day && (v.until.IsZero() || now.Before(v.until)) {
		return v.key, nil
	}
	if v.DailyKey != nil {
		if key, err = v.DailyKey(ctx, now); err == nil {
			v.key, v.day, v.until = key, day, time.Time{}
			return key, nil
		}
		v.until = now.Add(retryKey)
	}
	if day != v.day {
		v.day = day
		_, _ = rand.Read(v.key[:]) // never fails (crypto/rand)
	}
	return v.key, err
}

// Identify returns who sent the request from the address, on the day of now. If the request has Sec-GPC or DNT, the ID
// does not depend on the browser: such readers with the same address share an ID. The error says that this process
// alone can recognize the visitor, because the key of the day was not available.
func (v *Visitors) Identify(ctx context.Context, r *http.Request, address string, now time.Time) (Visitor, error) {
	key, err := v.keyOf(ctx, now)
	h, _ := v.hashers.Get().(*hasher)
	if h == nil || h.key != key {
		h = newHasher(key)
	}
	defer v.hashers.Put(h)
	var who Visitor
	if r.Header.Get("Sec-GPC") == "1" || r.Header.Get("DNT") == "1" {
		copy(who.ID[:], h.reader(address))
	} else {
		copy(who.ID[:], h.reader(address, shortened(r.UserAgent())))
	}
	if forwarded, ok := Forwarded(r, address); ok {
		address = forwarded
	}
	addr, _ := netip.ParseAddr(address)
	addr = addr.Unmap()
	wide := 24
	if addr.Is6() {
		wide = 48
		who.Narrow = h.number("narrow", addr, 64)
	}
	who.Wide = h.number("wide", addr, wide)
	return who, err
}

// Forwarded returns the address for which a proxy forwarded the request. A request from an address that is not public
// comes from the operator's own network: if it was forwarded, a proxy is there that the service does not know. Then the
// last address that was forwarded says whose network it is, while the reader stays the proxy's. Otherwise ok is false.
func Forwarded(r *http.Request, address string) (forwarded string, ok bool) {
	hops := r.Header.Values("X-Forwarded-For")
	if addr, err := netip.ParseAddr(address); err != nil || len(hops) == 0 || isPublic(addr.Unmap()) {
		return "", false
	}
	last := hops[len(hops)-1]
	from, err := ParseHop(last[strings.LastIndexByte(last, ',')+1:])
	if err != nil || from.String() == address {
		return "", false
	}
	return from.String(), true
}

// ParseHop parses one address of X-Forwarded-For. Some proxies write the client's port too, and brackets around IPv6.
func ParseHop(hop string) (netip.Addr, error) {
	hop = strings.TrimSpace(hop)
	if at, err := netip.ParseAddrPort(hop); err == nil {
		return at.Addr(), nil
	}
	return netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(hop, "["), "]"))
}

// shared is the range of addresses between a carrier and its customers (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10")

func isPublic(addr netip.Addr) bool {
	return addr.IsGlobalUnicast() && !addr.IsPrivate() && !shared.Contains(addr)
}

// hasher computes keyed hashes. What it returns is valid until its next call. It is not safe for concurrent use.
type hasher struct {
	key       [32]byte
	mac       hash.Hash
	text, out []byte
}

func newHasher(key [32]byte) *hasher { return &hasher{key: key, mac: hmac.New(sha256.New, key[:])} }

// sum returns the hash of the text.
func (h *hasher) sum() []byte {
	h.mac.Reset()
	h.mac.Write(h.text)
	h.out = h.mac.Sum(h.out[:0])
	return h.out
}

// reader returns the hash of what a reader is recognized by. No part may contain a zero byte, which ends each.
func (h *hasher) reader(parts ...string) []byte {
	h.text = append(h.text[:0], "reader"+zero...)
	for _, part := range parts {
		h.text = append(append(h.text, part...), zero...)
	}
	return h.sum()
}

// number returns the number of the network of the address with a prefix of that many bits. All addresses that cannot be
// parsed are of one network.
func (h *hasher) number(kind string, addr netip.Addr, bits int) uint16 {
	network, _ := addr.Prefix(bits) // fails for the zero address only
	h.text = append(append(append(h.text[:0], kind...), zero...), network.String()...)
	return uint16(binary.BigEndian.Uint32(h.sum())%Networks) + 1
}

// zero separates the parts of a text to be hashed.
const zero = "\x00"
