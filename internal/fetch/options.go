package fetch

import (
	"net"
	"time"
)

// Options bound what a Client does. Start from DefaultOptions.
type Options struct {
	Format         Format        // of the media that Media fetches; pages need none
	Agent          string        // User-Agent of every request; empty: "cards"
	MaxBytes       int64         // of a body of media
	HeldBytes      int64         // of all bodies that are being read or kept; those of one host take half of it
	MaxRedirects   int           // that are followed
	SlotWait       time.Duration // for one of PerHost
	Timeout        time.Duration // of one fetch, from dialling to the last byte
	ConnectTimeout time.Duration // of each connection
	HeaderTimeout  time.Duration // from request to response header
	MinSpeed       int64         // bytes a second, over each SpeedWindow
	SpeedWindow    time.Duration
	PerHost        int           // fetches from one host at a time
	Forget         time.Duration // how long a failure is remembered
	Ports          []uint16      // that every host may have
	// Allow has rules for hosts that may be fetched from although they are private: HOST, .SUFFIX (every name
	// under it, not itself), an IP address or a CIDR. With :PORT the rule also allows that port.
	Allow    []string
	OwnHosts []string      // host or host:port of this service itself, which is never fetched from
	Resolver *net.Resolver // nil: the system's
	// Watch is told of each fetch: one of Whats, one of Outcomes, and how long it took. nil: nothing is told.
	Watch func(what, outcome string, took time.Duration)
}

// DefaultOptions returns the limits of the service, without a Format.
func DefaultOptions() Options {
	return Options{
		MaxBytes: 10 << 20, HeldBytes: 64 << 20, MaxRedirects: 3,
		SlotWait: 8 * time.Second, Timeout: 5 * time.Second,
		ConnectTimeout: 3 * time.Second, HeaderTimeout: 3 * time.Second,
		MinSpeed: 8 << 10, SpeedWindow: 2 * time.Second, PerHost: 8,
		Forget: 5 * time.Second, Ports: []uint16{80, 443},
	}
}

// Format recognizes media. It is safe for concurrent use.
type Format interface {
	// Sniff looks at the beginning of a body while it comes: at 512 bytes, then at twice as many each time,
	// until it is done. An error ends the fetch.
	Sniff(beginning []byte) (done bool, err error)
	// Inspect reads the header of a body. Where the body is too short for that, the error wraps
	// fault.ErrSourceIncomplete.
	Inspect(body []byte) (Info, error)
}

// Info is what a Format reads from the header of a body; callers know its type.
type Info interface {
	// MayBeCut reports a body that does not end as its format asks: a part of it may be missing.
	MayBeCut(body []byte) bool
}
