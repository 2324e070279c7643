package audience

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
)

var night = time.Date(2026, 3, 1, 23, 59, 59, 0, time.UTC)

func identify(t *testing.T, v *Visitors, now time.Time, address string, headers ...string) Visitor {
	t.Helper()
	who, err := v.Identify(t.Context(), request(headers...), address, now)
	if err != nil {
		t.Fatal(err)
	}
	return who
}

// TestVisitorIDs: a reader has one ID during a day and another the next day, so that the taps of two days cannot be
// linked. With Sec-GPC or DNT the ID does not depend on the browser.
func TestVisitorIDs(t *testing.T) {
	var v, other Visitors
	at := func(now time.Time, address string, headers ...string) [16]byte {
		return identify(t, &v, now, address, headers...).ID
	}
	long := strings.Repeat("A", 512)
	first := at(night, "192.0.2.1", "User-Agent", "A")
	for name, tt := range map[string]struct {
		got  [16]byte
		same bool
	}{
		"the same reader":              {at(night.Add(-time.Hour), "192.0.2.1", "User-Agent", "A"), true},
		"another browser":              {at(night, "192.0.2.1", "User-Agent", "B"), false},
		"another address":              {at(night, "192.0.2.11", "User-Agent", "A"), false},
		"not to be tracked":            {at(night, "192.0.2.1", "User-Agent", "A", "DNT", "1"), false},
		"a letter moved to the name":   {at(night, "192.0.2.", "User-Agent", "1A"), false},
		"another process":              {identify(t, &other, night, "192.0.2.1", "User-Agent", "A").ID, false},
		"the day after":                {at(night.Add(time.Second), "192.0.2.1", "User-Agent", "A"), false},
		"the day before, its key gone": {at(night, "192.0.2.1", "User-Agent", "A"), false},
	} {
		if (tt.got == first) != tt.same {
			t.Errorf("%s: the same ID: %v", name, !tt.same)
		}
	}
	if at(night, "192.0.2.1", "User-Agent", "A", "Sec-GPC", "1") != at(night, "192.0.2.1", "User-Agent", "B", "DNT", "1") {
		t.Error("readers who are not to be tracked are told apart by their browsers")
	}
	if at(night, "192.0.2.1", "DNT", "1") == at(night, "192.0.2.2", "DNT", "1") {
		t.Error("readers who are not to be tracked are not told apart by their addresses")
	}
	if at(night, "192.0.2.1", "User-Agent", long) == at(night, "192.0.2.1", "User-Agent", long[1:]) {
		t.Error("agents are not told apart by their 512th byte")
	}
	if at(night, "192.0.2.1", "User-Agent", long+"A") != at(night, "192.0.2.1", "User-Agent", long+"B") {
		t.Error("agents are told apart by what comes after 512 bytes")
	}
}

// fixed is a source of one key. Networks have few numbers, which could be equal by chance with random keys.
func fixed(key byte) func(context.Context, time.Time) ([32]byte, error) {
	return func(context.Context, time.Time) ([32]byte, error) { return [32]byte{key}, nil }
}

// TestNetworks: the parts of an address that make a network, and addresses without one.
func TestNetworks(t *testing.T) {
	v, next := Visitors{DailyKey: fixed(1)}, Visitors{DailyKey: fixed(2)}
	of := func(address string) Visitor {
		return identify(t, &v, night, address)
	}
	for _, tt := range []struct {
		one, other   string
		wide, narrow bool // are the same
	}{
		{"192.0.2.1", "192.0.2.254", true, true},
		{"192.0.2.1", "192.0.3.1", false, true},
		{"192.0.2.1", "::ffff:192.0.2.7", true, true},
		{"2001:db8:1:2::3", "2001:db8:1:2:ffff::", true, true},
		{"2001:db8:1:2::3", "2001:db8:1:3::3", true, false},
		{"2001:db8:1:2::3", "2001:db8:1:8002::3", true, false},
		{"2001:db8:1:2::3", "2001:db8:2:2::3", false, false},
		{"2001:db8:1:2::3", "192.0.2.1", false, false},
		{"127.0.0.1", "127.0.0.2", true, true},
		{"::1", "::1", true, true},
		{"fe80::1%eth0", "fe80::2", true, true},
		{"10.1.2.3", "10.1.3.3", false, true},
		{"nonsense", "more of it", true, true},
		{"nonsense", "192.0.2.1", false, true},
	} {
		one, other := of(tt.one), of(tt.other)
		if one.Wide == 0 || other.Wide == 0 || (one.Wide == other.Wide) != tt.wide || (one.Narrow == other.Narrow) != tt.narrow {
			t.Errorf("%s is %+v, %s is %+v", tt.one, one, tt.other, other)
		}
	}
	if of("192.0.2.1").Narrow != 0 || of("2001:db8::1").Narrow == 0 {
		t.Error("IPv6 alone has narrow networks")
	}
	if identify(t, &next, night, "192.0.2.1").Wide == of("192.0.2.1").Wide {
		t.Error("two keys give a network the same number")
	}
}

// TestForwarded: whose network a request is of that a proxy forwarded which the service does not know. A client with a
// public address cannot choose its network.
func TestForwarded(t *testing.T) {
	v := Visitors{DailyKey: fixed(1)}
	for _, tt := range []struct {
		address string
		hops    []string
		want    string // the address whose network it is
	}{
		{"127.0.0.1", nil, "127.0.0.1"},
		{"127.0.0.1", []string{"192.0.2.1"}, "192.0.2.1"},
		{"10.1.2.3", []string{"198.51.100.1, 192.0.2.1"}, "192.0.2.1"},
		{"::1", []string{"198.51.100.1", "203.0.113.9,192.0.2.1 "}, "192.0.2.1"},
		{"::ffff:100.64.0.1", []string{"2001:db8::1"}, "2001:db8::1"},
		{"127.0.0.1", []string{"192.0.2.1:50000"}, "192.0.2.1"},
		{"127.0.0.1", []string{"[2001:db8::1]:50000"}, "2001:db8::1"},
		{"127.0.0.1", []string{"[2001:db8::1]"}, "2001:db8::1"},
		{"127.0.0.1", []string{"unknown"}, "127.0.0.1"},
		{"127.0.0.1", []string{"192.0.2.1, "}, "127.0.0.1"},
		{"10.1.2.3", []string{"10.1.2.3"}, "10.1.2.3"}, // the reader of a proxy that is known
		{"203.0.113.9", []string{"192.0.2.1"}, "203.0.113.9"},
		{"nonsense", []string{"192.0.2.1"}, "nonsense"},
	} {
		r := request()
		for _, hop := range tt.hops {
			r.Header.Add("X-Forwarded-For", hop)
		}
		got, err := v.Identify(t.Context(), r, tt.address, night)
		if err != nil {
			t.Fatal(err)
		}
		if want := identify(t, &v, night, tt.want); got.Wide != want.Wide || got.Narrow != want.Narrow || got.ID != identify(t, &v, night, tt.address).ID {
			t.Errorf("%s for %v: %+v, want the network of %s", tt.address, tt.hops, got, tt.want)
		}
		if _, ok := Forwarded(r, tt.address); ok != (tt.want != tt.address) {
			t.Errorf("%s for %v: forwarded %t", tt.address, tt.hops, ok)
		}
	}
}

// TestNetworkNumbers: all but 0 occur.
func TestNetworkNumbers(t *testing.T) {
	v := Visitors{DailyKey: fixed(1)}
	r := request()
	seen, lowest, highest := map[uint16]bool{}, uint16(math.MaxUint16), uint16(0)
	const networks, numbers = 60_000, 4095 // in twelve bits, without 0
	for i := range networks {
		address := fmt.Sprintf("2001:db8:%x::1", i)
		who, _ := v.Identify(t.Context(), r, address, night)
		seen[who.Wide] = true
		lowest, highest = min(lowest, who.Wide), max(highest, who.Wide)
	}
	if len(seen) != numbers || lowest != 1 || highest != numbers {
		t.Errorf("%d networks have %d numbers, from %d to %d", networks, len(seen), lowest, highest)
	}
}

// TestDailyKey: the key comes from its source once a day. While the source fails, a key of this process is used, and
// the source is asked once a minute.
func TestDailyKey(t *testing.T) {
	broken, asked := false, 0
	source := func(_ context.Context, now time.Time) (key [32]byte, err error) {
		asked++
		if broken {
			return key, errors.New("disk")
		}
		key[0] = byte(now.UTC().Day())
		return key, nil
	}
	v, other := Visitors{DailyKey: source}, Visitors{DailyKey: source}
	r := request("User-Agent", "A")
	first := identify(t, &v, night, "192.0.2.1")
	if identify(t, &other, night, "192.0.2.1") != first {
		t.Error("two processes do not recognize a visitor")
	}
	asked, broken = 0, true
	morning := night.Add(time.Minute)
	lone, err := v.Identify(t.Context(), r, "192.0.2.1", morning)
	if err == nil || lone.ID == [16]byte{} || lone.Wide == 0 || asked != 1 {
		t.Errorf("while the source fails: %+v, %v, asked %d times", lone, err, asked)
	}
	for _, after := range []time.Duration{0, retryKey - 1} {
		if again, err := v.Identify(t.Context(), r, "192.0.2.1", morning.Add(after)); err != nil || again != lone || asked != 1 {
			t.Errorf("%s later: %+v, %v, asked %d times", after, again, err, asked)
		}
	}
	if again, err := v.Identify(t.Context(), r, "192.0.2.1", morning.Add(retryKey)); err == nil || again != lone || asked != 2 {
		t.Errorf("a minute later: %+v, %v, asked %d times", again, err, asked)
	}
	broken = false
	if again := identify(t, &v, morning.Add(2*retryKey), "192.0.2.1", "User-Agent", "A"); again == lone || asked != 3 {
		t.Errorf("with the source back: %+v, asked %d times", again, asked)
	}
	if identify(t, &v, morning.Add(12*time.Hour), "192.0.2.1"); asked != 3 {
		t.Errorf("asked %d times", asked)
	}
}
