package store

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"sort"
)

// NetworkCounts are the counted clicks of an article in a ShareWindow, by network. A store keeps them as bytes, and
// changes them in the transaction that counts. The zero value has no clicks. NetworkCounts is not safe for concurrent
// use.
//
// The bytes are the sum, and then a key and a number of clicks for each network, ordered by key. They are searched and
// changed in place, because each transaction reads and writes them whole.
type NetworkCounts struct{ raw []byte }

const (
	sumBytes   = 8
	keyBytes   = 2
	entryBytes = keyBytes + 2
	maxCount   = math.MaxUint16 // of one network
)

// ParseNetworkCounts returns the counts that Bytes has returned. It keeps raw.
func ParseNetworkCounts(raw []byte) (NetworkCounts, error) {
	if len(raw) > 0 && (len(raw) < sumBytes || (len(raw)-sumBytes)%entryBytes != 0) {
		return NetworkCounts{}, errors.New("counts of networks are damaged")
	}
	return NetworkCounts{raw}, nil
}

// Bytes returns the counts as bytes, at most 256 KiB. The next Add changes them.
func (c *NetworkCounts) Bytes() []byte { return c.raw }

// Add adds a click of the network.
func (c *NetworkCounts) Add(n Network) {
	if len(c.raw) == 0 {
		c.raw = make([]byte, sumBytes, sumBytes+2*entryBytes)
	}
	binary.BigEndian.PutUint64(c.raw, uint64(c.all())+1)
	if n.Wide != 0 {
		c.increase(wideKey(n))
	}
	if n.Narrow != 0 {
		c.increase(narrowKey(n))
	}
}

func wideKey(n Network) uint16   { return n.Wide & MaxNetwork }
func narrowKey(n Network) uint16 { return n.Narrow&MaxNetwork | (MaxNetwork + 1) }

// all returns the clicks of all networks.
func (c *NetworkCounts) all() int64 {
	if len(c.raw) == 0 {
		return 0
	}
	return int64(binary.BigEndian.Uint64(c.raw))
}

// of returns the clicks of the network with the key.
func (c *NetworkCounts) of(key uint16) int64 {
	if at, known := c.find(key); known {
		return int64(binary.BigEndian.Uint16(c.raw[at+keyBytes:]))
	}
	return 0
}

// find returns the offset of the entry with the key or, if there is none, the offset where it would be.
func (c *NetworkCounts) find(key uint16) (offset int, known bool) {
	if len(c.raw) == 0 {
		return 0, false
	}
	keyAt := func(i int) uint16 { return binary.BigEndian.Uint16(c.raw[sumBytes+i*entryBytes:]) }
	entries := (len(c.raw) - sumBytes) / entryBytes
	i := sort.Search(entries, func(i int) bool { return keyAt(i) >= key })
	return sumBytes + i*entryBytes, i < entries && keyAt(i) == key
}

func (c *NetworkCounts) increase(key uint16) {
	at, known := c.find(key)
	if !known {
		var entry [entryBytes]byte
		binary.BigEndian.PutUint16(entry[:], key)
		c.raw = slices.Insert(c.raw, at, entry[:]...)
	}
	count := c.raw[at+keyBytes : at+entryBytes]
	if n := binary.BigEndian.Uint16(count); n < maxCount {
		binary.BigEndian.PutUint16(count, n+1)
	}
}
