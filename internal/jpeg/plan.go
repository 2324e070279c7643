package jpeg

// Sizes of a plan.
const (
	planBlocks = 10      // of an MCU, at most (T.81, B.2.3)
	planCoeffs = 4 << 10 // stay in the first-level cache, beside the tables
)

// plan is how the blocks of some MCUs in a row are decoded at once: blocks of a component that lie
// beside each other in the picture stand so among the coefficients too.
type plan struct {
	points int // of the inverse DCT: 8, 4, 2 or 1
	keep   *places
	most   int // MCUs at once; even
	size   int // of the coefficients of so many
	count  int // of an MCU's blocks
	blocks [planBlocks]block
	rows   []row
}

// row is where the blocks stand that lie beside each other: those of the first MCU, and how many
// coefficients each has in it.
type row struct{ at, step int }

// newPlan plans for pictures at 1/(1<<shrink) of their size.
func newPlan(comps []component, shrink int) *plan {
	p := &plan{points: 8 >> shrink, keep: &keeps[3-shrink]}
	for _, c := range comps {
		p.count += c.h * c.v
	}
	each := p.points * p.points
	p.most = planCoeffs / (p.count * each) &^ 1
	i := 0
	for comp, c := range comps {
		for range c.v {
			for h := range c.h {
				p.blocks[i] = block{c.dc, c.ac, comp, p.size + h*each, c.h * each}
				i++
			}
			p.rows = append(p.rows, row{p.size, c.h * each})
			p.size += p.most * c.h * each
		}
	}
	return p
}

// clear makes zeros of the coefficients of the MCUs from first to before last. Where a block has but
// its mean, there is nothing to clear: it is always written.
func (p *plan) clear(coeffs *[planCoeffs]int32, first, last int) {
	if p.points == 1 {
		return
	}
	for _, r := range p.rows {
		clear(coeffs[r.at+first*r.step : r.at+last*r.step])
	}
}
