package pictures

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
)

// errSize and errUnsigned are for names of pictures of articles. Both say which sizes there are, in the same words for
// every request.
var (
	errSize = fault.Public(fault.NotFound, "no such size", fmt.Sprintf(
		"there is no such picture; its name is SIZE.jpg or SIZE.png, where SIZE is %s or, with a signature, "+
			"WxH from %d to %d pixels a side", publicSizes(), card.MinSide, card.MaxSide))
	errUnsigned = fault.Public(fault.BadSignature, "a size without a signature",
		"the signature is missing or wrong; the sizes that need none are "+publicSizes())
)

// publicSizes lists the sizes that need no signature.
func publicSizes() string {
	var all []string
	for _, n := range card.Sizes {
		all = append(all, n.Name)
	}
	for _, size := range card.Thumbnails {
		all = append(all, size.String())
	}
	return strings.Join(all, ", ")
}

// maySize is mayAsk for the picture of an article in a size that is not public.
func (h *Handlers) maySize(c echo.Context, q url.Values) error {
	err := h.mayAsk(c, q)
	if err != nil && fault.KindOf(err) == fault.BadSignature {
		return errUnsigned
	}
	return err
}
