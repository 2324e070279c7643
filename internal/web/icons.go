package web

// Icon is one SVG path on a 24 by 24 grid, either filled or drawn with a stroke of width 2.
type Icon struct {
	Path  string
	Solid bool
}

// MarshalJSON encodes the icon as the embed kit reads it: [path, 1 if filled, else 0].
func (i Icon) MarshalJSON() ([]byte, error) {
	solid := "0"
	if i.Solid {
		solid = "1"
	}
	return []byte(`["` + i.Path + `",` + solid + `]`), nil // paths are letters, digits, spaces and points
}

const bubble = "M12 4c5 0 9 3 9 7s-4 7-9 7l-2-.2L6 21v-4.3C4.2 15.4 3 13.3 3 11c0-4 4-7 9-7z"

// icons are the icons by target. They were drawn for this project; no brand's own file is used.
var icons = map[string]Icon{
	"facebook":   {"M14 22v-9h3.2l.6-4H14V7c0-1.2.5-2 2.1-2H18V1.4C17.5 1.3 16.6 1.2 15.6 1.2 12.6 1.2 10 3 10 6.6V9H6.7v4H10v9z", true},
	"twitter":    {"M4 4l16 16M20 4L4 20", false},
	"kakao":      {"M12 3.5c5.5 0 10 3.3 10 7.5s-4.5 7.5-10 7.5c-.6 0-1.1 0-1.7-.1L6 21.5l.8-4.2C3.9 16 2 13.7 2 11c0-4.2 4.5-7.5 10-7.5z", true},
	"mail":       {"M3 6h18v13H3zM3 7l9 7 9-7", false},
	"link":       {"M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17", false},
	"native":     {"M12 15V3M8 6.5L12 3l4 3.5M7 10H5v11h14V10h-2", false},
	"line":       {bubble + "M9 8.5v5h3", false},
	"naver":      {"M5 4h5l4 7V4h5v16h-5l-4-7v7H5z", true},
	"band":       {"M8 3v10M16 13a4 4 0 1 1-8 1c0-2.6 1.6-4 4-4s4 1.6 4 4a4 4 0 0 1-4 4", false},
	"whatsapp":   {"M4 20l1.3-4A8.5 8.5 0 1 1 8.5 19zM9 9c0 3.5 2.5 6 6 6l1-1.8-2-1-1 1c-1.2-.5-1.7-1-2.2-2.2l1-1-1-2z", false},
	"telegram":   {"M21 4L3 11l6 2.5L11 20l3-4 5 3.5zM9 13.5L21 4", false},
	"linkedin":   {"M5 10v10M5 5v.1M10 20V10M10 14c0-2.5 1.5-4 4-4s4 1.5 4 4v6", false},
	"threads":    {"M19 8c-1-3-3.5-5-7-5-5 0-8 3.5-8 9s3 9 8 9c4 0 7-2.3 7-5.5 0-6-11-6-11-.8 0 3.8 7.5 3.3 7.5-3.2C15.5 9 13.8 8 12 8c-1.3 0-2.5.5-3 1.5", false},
	"bluesky":    {"M12 11C10.5 8 7 4.5 3.5 4c-1 4 0 8.5 4.5 9-3 .8-3 4-.5 6 2.5 0 4-2.5 4.5-5 .5 2.5 2 5 4.5 5 2.5-2 2.5-5.2-.5-6 4.5-.5 5.5-5 4.5-9C17 4.5 13.5 8 12 11z", false},
	"reddit":     {"M12 8c5 0 9 2.5 9 6s-4 6-9 6-9-2.5-9-6 4-6 9-6zM12 8l1-5 4 1M9 13v.1M15 13v.1M9 16.5c2 1.3 4 1.3 6 0", false},
	"weibo":      {"M10 9c4.5-2 7.5 0 6.5 2.5 4 1.5 1 8.5-7 8.5-4 0-7-2-7-4.5C2.5 11 8 6 10.5 7.5zM9.5 13.5v.1M16 4c3.5-.3 5.5 2.5 4.7 5.5", false},
	"mastodon":   {"M4 20V5.5C4 4 5 3 6.5 3h11C19 3 20 4 20 5.5V15c0 1.5-1 2.5-2.5 2.5H8M8 13V9.5a2 2 0 0 1 4 0V12M12 9.5a2 2 0 0 1 4 0V13", false},
	"pinterest":  {"M10 21l2.5-11M8 13c-2.5-3.5 0-8.5 4.5-8.5 4 0 6 3 4.8 6.5-1.2 3.6-5 4.3-5.8 2", false},
	"sms":        {bubble + "M8 11v.1M12 11v.1M16 11v.1", false},
	"kakaostory": {"M6 3h12v18l-6-4.5L6 21z", false},
}

// icon returns the target's icon, or the share sheet's icon if the target has none.
func icon(target string) Icon {
	if i, ok := icons[target]; ok {
		return i
	}
	return icons["native"]
}
