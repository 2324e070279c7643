package web

import "newsroom.example/cards/share"

// nativeIcon is the icon of the device's share sheet, and of a target that is not known.
var nativeIcon = share.Icon{Path: "M12 15V3M8 6.5L12 3l4 3.5M7 10H5v11h14V10h-2"}

// icon returns the target's icon.
func icon(target string) share.Icon {
	if t, ok := share.Lookup(target); ok {
		return t.Icon
	}
	return nativeIcon
}

// kitIcons returns all icons as the embed kit reads them, by target: the path, and 1 if it is filled.
func kitIcons() map[string][2]any {
	all := map[string][2]any{}
	add := func(name string, i share.Icon) {
		solid := 0
		if i.Solid {
			solid = 1
		}
		all[name] = [2]any{i.Path, solid}
	}
	add("native", nativeIcon)
	for _, t := range share.Targets() {
		add(t.Name, t.Icon)
	}
	return all
}
