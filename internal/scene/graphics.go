package scene

import (
	"image"
	"image/color"
	"math"
)

// Graphic is a drawn picture that is no photograph.
type Graphic struct {
	Name string
	*image.RGBA
}

// Graphics returns graphics of the kinds that newsrooms get, each of w by h pixels: charts, a table, screenshots of
// text, of a dashboard with shades and of a page with a photo, scanned letters, a map, and logos on white, black and a
// colour. They are the same on every machine,
// except for how curves are rounded.
func Graphics(w, h int) []Graphic {
	var all []Graphic
	for _, g := range []struct {
		name   string
		ground color.RGBA
		draw   func(*pen)
	}{
		{"bar chart", paper, columns}, {"bar chart on grey", color.RGBA{238, 240, 243, 255}, columns},
		{"line chart", paper, curves}, {"line chart on dark", color.RGBA{24, 28, 38, 255}, curves},
		{"pie chart", paper, pie}, {"table", paper, table}, {"text", paper, prose},
		{"text on dark", color.RGBA{18, 22, 30, 255}, prose}, {"post", color.RGBA{246, 247, 249, 255}, post},
		{"scanned letter", color.RGBA{246, 245, 240, 255}, letter}, {"map", color.RGBA{196, 219, 238, 255}, atlas},
		{"flow chart", paper, boxes}, {"logo on white", paper, logo}, {"logo on black", color.RGBA{0, 0, 0, 255}, logo},
		{"logo on colour", color.RGBA{0, 74, 124, 255}, logo}, {"slide", color.RGBA{250, 246, 236, 255}, slide},
		{"short letter", color.RGBA{250, 249, 246, 255}, note}, {"dashboard", color.RGBA{243, 245, 248, 255}, dashboard},
		{"web page", paper, webPage},
	} {
		p := newPen(w, h, g.ground)
		g.draw(p)
		all = append(all, Graphic{g.name, p.reduced()})
	}
	return all
}

var (
	paper = color.RGBA{255, 255, 255, 255}
	inks  = []color.RGBA{
		{33, 84, 164, 255}, {214, 80, 52, 255}, {60, 146, 96, 255}, {236, 178, 46, 255}, {120, 92, 160, 255},
	}
)

func columns(p *pen) {
	p.words(.06, .06, .6, .05, 1)
	p.words(.06, .14, .45, .03, 1)
	for i := range 5 {
		y := .25 + .14*float64(i)
		p.rect(.1, y, .94, y+.002, p.faint())
		p.words(.05, y-.012, .04, .024, 1)
	}
	for i := range 9 {
		x, top := .13+.09*float64(i), .3+.45*math.Abs(math.Sin(float64(i)*1.7))
		p.rect(x, top, x+.055, .82, inks[i%2])
		p.words(x, .85, .055, .024, 1)
	}
	p.words(.06, .93, .3, .022, 1)
}

func curves(p *pen) {
	p.words(.06, .06, .7, .05, 1)
	for i := range 6 {
		y := .2 + .12*float64(i)
		p.rect(.1, y, .94, y+.002, p.faint())
		p.words(.05, y-.012, .04, .024, 1)
	}
	for k := range 3 {
		y := func(x float64) float64 { return .5 + .2*math.Sin(6*x+2*float64(k)) + .06*math.Sin(23*x+float64(k)) }
		for i := range 160 {
			x := .1 + .84*float64(i)/160
			p.line(x, y(x), x+.84/160, y(x+.84/160), .006, inks[k])
		}
		p.words(.7, .82+.05*float64(k), .2, .026, 1)
	}
}

func pie(p *pen) {
	p.words(.06, .06, .6, .05, 1)
	p.sectors(.36, .56, .33, []float64{.38, .25, .17, .12, .08})
	for i := range 5 {
		y := .36 + .09*float64(i)
		p.rect(.7, y, .73, y+.04, inks[i])
		p.words(.75, y, .18, .035, 1)
	}
}

func table(p *pen) {
	p.words(.05, .04, .5, .05, 1)
	p.rect(.05, .14, .95, .2, inks[0])
	for row := range 11 {
		y := .22 + .065*float64(row)
		if row%2 == 1 {
			p.rect(.05, y-.012, .95, y+.053, color.RGBA{240, 243, 248, 255})
		}
		for col := range 5 {
			p.words(.07+.18*float64(col), y, .13, .03, 1)
		}
	}
}

func prose(p *pen) {
	p.words(.08, .06, .75, .06, 1)
	p.words(.08, .18, .84, .036, 13)
}

func post(p *pen) {
	p.rect(.12, .12, .88, .86, paper)
	p.disc(.2, .24, .05, inks[4])
	p.words(.27, .2, .25, .04, 1)
	p.words(.27, .26, .18, .03, 1)
	p.words(.16, .36, .66, .05, 5)
	p.rect(.16, .74, .84, .742, p.faint())
	p.words(.16, .77, .5, .03, 1)
}

func letter(p *pen) {
	p.words(.1, .08, .3, .03, 3)
	p.words(.65, .08, .25, .03, 1)
	p.words(.1, .28, .8, .028, 16)
	p.noise = 5
}

func atlas(p *pen) {
	land, park := color.RGBA{244, 240, 228, 255}, color.RGBA{206, 226, 190, 255}
	p.blob(.45, .5, .38, land)
	p.blob(.84, .2, .1, land)
	p.blob(.36, .42, .1, park)
	for i := range 5 {
		y := .3 + .1*float64(i)
		p.line(.16, y, .76, y+.12*math.Sin(float64(i)), .006, color.RGBA{228, 168, 78, 255})
		p.disc(.2+.12*float64(i), y, .01, color.RGBA{40, 40, 44, 255})
		p.words(.22+.12*float64(i), y-.015, .13, .03, 1)
	}
	p.words(.05, .9, .2, .028, 1)
}

func boxes(p *pen) {
	for i := range 3 {
		for k := range 3 {
			x, y := .06+.32*float64(i), .1+.3*float64(k)
			p.rect(x, y, x+.22, y+.16, inks[(i+k)%5])
			p.rect(x+.006, y+.008, x+.214, y+.152, p.ground)
			p.words(x+.03, y+.06, .16, .035, 1)
			if i < 2 {
				p.line(x+.22, y+.08, x+.32, y+.08, .005, p.ink)
			}
		}
	}
}

func logo(p *pen) {
	p.disc(.3, .5, .2, inks[1])
	p.disc(.3, .5, .12, p.ground)
	p.rect(.28, .28, .32, .72, inks[3])
	p.words(.46, .42, .45, .15, 1)
}

func slide(p *pen) {
	p.rect(0, 0, 1, .16, inks[0])
	p.words(.05, .22, .7, .06, 1)
	for i := range 4 {
		y := .36 + .13*float64(i)
		p.disc(.08, y+.02, .012, inks[1])
		p.words(.12, y, .7, .04, 1)
	}
}

func note(p *pen) {
	p.words(.1, .1, .35, .026, 2)
	p.words(.1, .36, .6, .026, 3)
	p.words(.62, .66, .25, .026, 1)
	p.noise = 5
}

func dashboard(p *pen) {
	p.picture(0, 0, .18, 1, 0)
	for i := range 8 {
		p.rect(.02, .12+.1*float64(i), .16, .124+.1*float64(i), color.RGBA{255, 255, 255, 255})
	}
	p.rect(.18, 0, 1, .09, paper)
	p.words(.2, .03, .3, .035, 1)
	for i := range 3 {
		x := .21 + .26*float64(i)
		p.rect(x, .14, x+.23, .34, paper)
		p.words(x+.02, .17, .16, .03, 1)
		p.words(x+.02, .24, .1, .05, 1)
	}
	p.rect(.21, .4, .69, .92, paper)
	p.words(.23, .43, .3, .03, 1)
	p.picture(.23, .5, .67, .88, 6)
	p.rect(.73, .4, .96, .92, paper)
	p.words(.75, .44, .19, .026, 8)
}

func webPage(p *pen) {
	p.words(.05, .03, .25, .04, 1)
	p.words(.55, .035, .4, .026, 1)
	p.picture(0, .1, 1, .55, 14)
	p.words(.2, .62, .6, .06, 1)
	p.words(.15, .74, .7, .03, 5)
}
