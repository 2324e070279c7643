package ghost

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// MaxAge is how far the time of a signature may be from the receiver's clock, in both directions.
const MaxAge = 5 * time.Minute

// Signed reports whether header, X-Ghost-Signature, is that of the body under the secret: "sha256=HEX, t=MILLISECONDS",
// an HMAC-SHA256 of the body followed by the digits of t, no further than MaxAge from now. The form of older versions
// of Ghost, which does not sign the time, is refused.
func Signed(header string, body []byte, secret string, now time.Time) bool {
	sum, at, ok := strings.Cut(header, ", t=")
	sum, named := strings.CutPrefix(sum, "sha256=")
	given, err := hex.DecodeString(sum)
	ms, timeErr := strconv.ParseInt(at, 10, 64)
	if !ok || !named || err != nil || timeErr != nil || secret == "" {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	mac.Write([]byte(at))
	return hmac.Equal(given, mac.Sum(nil)) && now.Sub(time.UnixMilli(ms)).Abs() <= MaxAge
}
