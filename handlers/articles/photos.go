package articles

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/store"
)

// Photo answers with the description of a stored photo.
func (h *Handlers) Photo(c echo.Context) error {
	id, err := photoID(c)
	if err != nil {
		return err
	}
	p, err := h.Articles.Photo(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return answer.Private(c).JSON(http.StatusOK, api.StoredPhoto{Id: p.ID, Width: p.Width, Height: p.Height, Type: p.Type,
		Bytes: p.Bytes, Articles: notNull(p.Uses.Articles), More: p.Uses.MoreArticles})
}

// DeletePhoto withdraws a photo, for good.
func (h *Handlers) DeletePhoto(c echo.Context) error {
	id, err := photoID(c)
	if err != nil {
		return err
	}
	w, err := h.Articles.WithdrawPhoto(journal.Doing(c.Request().Context(), journal.DeletePhoto), id)
	for _, article := range w.Changed {
		h.Changed(article)
	}
	if err != nil {
		return err
	}
	return answer.Private(c).JSON(http.StatusOK, api.WithdrawnPhoto{Id: id, Articles: notNull(w.Uses.Articles),
		More: w.Uses.MoreArticles, PicturesRemoved: w.Pictures, StillHeld: h.stillHeld(w.Uses)})
}

// photoID returns the ID of a photo in the path: "upload:<hash>", also with an encoded colon, or the hash alone.
func photoID(c echo.Context) (string, error) {
	if _, err := request.Query(c); err != nil {
		return "", err
	}
	text, err := url.PathUnescape(c.Param("id"))
	id, ok := photos.ParseID(text)
	if err != nil || !ok {
		return "", photos.ErrUnknown
	}
	return id, nil
}

// notNull returns the list, which is [] in JSON if it is empty.
func notNull(ids []string) []string { return append([]string{}, ids...) }

// networks are the networks that hold pictures, and how each can be made to read a story's page again. With the new
// tags they then show the new picture.
var networks = []api.StillHeld{
	{Network: "Facebook, Messenger, Instagram, Threads", How: "They read a page again after about 24 hours, or at once " +
		"if its URL is scraped again in Facebook's Sharing Debugger. Old posts may keep the picture that they have."},
	{Network: "X", How: "It keeps a card for about 7 days. Nothing makes it read the page sooner; delete the posts " +
		"that you can."},
	{Network: "KakaoTalk", How: "It keeps a page for at least 1 hour, and a picture for some hours more, also on the " +
		"phones. Clear the page's cache at https://developers.kakao.com/tool/debugger/sharing; http and https are two " +
		"entries."},
	{Network: "LinkedIn", How: "It keeps a preview for about 7 days, or until the page's URL is entered in LinkedIn's " +
		"Post Inspector."},
	{Network: "Telegram", How: "Send the page's URL to its bot @WebpageBot, which reads the page again."},
	{Network: "Mastodon", How: "Each server keeps a preview for two weeks. Nothing makes all of them read the page " +
		"sooner."},
}

// caches are the caches that the service allowed to keep a picture for a year.
const caches = "They may keep a picture for a year without asking again. Purge these addresses in your CDN, also with " +
	"the other of the endings .jpg and .png, and signed /v1/card addresses that name the photo, which are not listed: " +
	"the service does not know them. Browsers that have a picture keep it until their users clear the cache."

// stillHeld lists who may hold pictures with a withdrawn photo, out of the service's reach.
func (h *Handlers) stillHeld(uses store.PhotoUses) []api.StillHeld {
	held := api.StillHeld{Network: "browsers and CDNs", How: caches, Addresses: []string{},
		More: uses.MoreVersions * len(card.Sizes)}
	for _, rec := range uses.Versions {
		for _, named := range card.Sizes {
			held.Addresses = append(held.Addresses, h.Present.Picture(rec, named.Size).URL)
		}
	}
	return append([]api.StillHeld{held}, networks...)
}
