package ui

import (
	"context"
	"fmt"
	"io"

	"github.com/a-h/templ"
)

// icons are strokes on a 24 × 24 grid, drawn for this portal. Add one here and it can be named in @Icon.
var icons = map[string]string{
	"back":     "M15 5l-7 7 7 7",
	"box":      "M3 9l9-5 9 5v10l-9 4-9-4zM3 9l9 4 9-4M12 13v10",
	"calendar": "M4 6h16v15H4zM4 10.5h16M8 3v5M16 3v5",
	"check":    "M5 12.5l4.5 4.5L19 7.5",
	"clock":    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.2l3.4 2",
	"copy":     "M9 8h11v13H9zM16 8V3H4v14h5",
	"down":     "M12 4v12M7 11.5l5 5 5-5M4 20.5h16",
	"heart":    "M12 20C6 16 3.5 13 3.5 9.3A4.3 4.3 0 0 1 12 8a4.3 4.3 0 0 1 8.5 1.3C20.5 13 18 16 12 20z",
	"info":     "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.6v.1",
	"listen":   "M4 9.5v5h3.5L13 19V5L7.5 9.5zM16 9a4.2 4.2 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11",
	"lock":     "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
	"medal":    "M12 3a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM8.5 14L7 21l5-2.5 5 2.5-1.5-7",
	"none":     "M6 12h12",
	"pencil":   "M4 20l1-4.2L15.8 5a2 2 0 0 1 3 3L8 19z",
	"person":   "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 21c.5-4.5 3.5-7 7.5-7s7 2.5 7.5 7",
	"phone":    "M6 3h4l1.5 5-2.5 2a12 12 0 0 0 5 5l2-2.5 5 1.5v4a2 2 0 0 1-2 2C10.5 20.5 3.5 13.5 4 5a2 2 0 0 1 2-2z",
	"plus":     "M12 5v14M5 12h14",
	"print":    "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
	"return":   "M9 6l-5 5 5 5M4 11h10a5 5 0 0 1 0 10h-3",
	"search":   "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
	"send":     "M4 12l16-7-5 15-3.5-6.5zM20 5l-8.5 8.5",
	"undo":     "M4 9h10a5.5 5.5 0 0 1 0 11H8M8 5L4 9l4 4",
	"warning":  "M12 4.2L2.8 20h18.4zM12 10v4.6M12 17.3v.1",
	"wrong":    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6",
}

// pictures are the larger drawings on a 48 × 48 grid: one per kind of association, keyed by its code,
// and "box" for empty lists.
var pictures = map[string]string{
	"NCT":   "M18 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 44V30c0-7 4-12 10-12s10 5 10 12v4M14 44V32M22 44V34M28 31l6 2M36 44V27c0-5 7-5 7 0",
	"KHOC":  "M24 13C19 9 12.5 8 5 9v28c7.5-1 14 0 19 4 5-4 11.5-5 19-4V9c-7.5-1-14 0-19 4zM24 13v28M11 17c3-.2 5.5.3 8 1.5M11 24c3-.2 5.5.3 8 1.5M29 18.5c2.5-1.2 5-1.7 8-1.5M29 25.5c2.5-1.2 5-1.7 8-1.5",
	"DACAM": "M24 4c10 11.5 14.5 18 14.5 25a14.5 14.5 0 0 1-29 0C9.5 22 14 15.5 24 4zM24 37c-5.5-3.7-8-6.3-8-9.5a4.2 4.2 0 0 1 8-1.5 4.2 4.2 0 0 1 8 1.5c0 3.2-2.5 5.8-8 9.5z",
	"TNXP":  "M10 45V5M10 8h28l-6 8.5 6 8.5H10M21 12l1.6 3.2 3.4.5-2.5 2.4.6 3.4-3.1-1.6-3 1.6.5-3.4-2.5-2.4 3.5-.5z",
	"TYN":   "M9 44V22a15 15 0 0 1 30 0v22zM19 44V33M19 24V9.5M29 44V9.5M24 20c3-4 7-4 9-2 3-1 5 0 7 2-4 0-5 5-10 5-3 0-5-2-6-5z",
	// Any other kind: people side by side.
	"":    "M24 20a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM10 23a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM38 23a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM14 42v-8c0-6 4-10 10-10s10 4 10 10v8M4 40v-6c0-4.5 2.5-7 6.5-7M44 40v-6c0-4.5-2.5-7-6.5-7",
	"box": "M6 18l18-9 18 9v20l-18 8-18-8zM6 18l18 8 18-8M24 26v20",
}

// kindOfSlug lets public pages ask by the address of an association.
var kindOfSlug = map[string]string{
	"nguoi-cao-tuoi":        "NCT",
	"khuyen-hoc":            "KHOC",
	"chat-doc-da-cam":       "DACAM",
	"thanh-nien-xung-phong": "TNXP",
	"tu-yeu-nuoc":           "TYN",
}

// Icon draws a small icon in the colour of the text around it. It is decoration: words must stand beside it.
// An unknown name is an error at rendering, so a misspelt icon fails the page's test.
func Icon(name string) templ.Component { return IconTone(name, Info) }

// IconTone is Icon in the colour of a tone.
func IconTone(name string, tone Tone) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		d, ok := icons[name]
		if !ok {
			return fmt.Errorf("ui: no icon named %q", name)
		}
		_, err := io.WriteString(w, `<svg class="p-i`+tone.class()+`" viewBox="0 0 24 24" aria-hidden="true"><path d="`+d+`"/></svg>`)
		return err
	})
}

// AssocIcon draws the sign of an association kind, by its code ("NCT") or its slug ("nguoi-cao-tuoi").
// Kinds without a drawing of their own get the general one.
func AssocIcon(kind string) templ.Component {
	if code, ok := kindOfSlug[kind]; ok {
		kind = code
	}
	return picture(kind)
}

func picture(name string) templ.Component {
	d, ok := pictures[name]
	if !ok {
		d = pictures[""]
	}
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<svg class="p-ico" viewBox="0 0 48 48" aria-hidden="true"><path d="`+d+`"/></svg>`)
		return err
	})
}
