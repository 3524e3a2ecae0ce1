"""Which letters of a page axe has to judge: those whose contrast is not plain to see.

axe finds out for every piece of text what lies below it, which is two thirds of its time, and a
page is read by day, by night and on a phone. Nearly all letters have one colour and stand on one:
that their contrast is enough is arithmetic. Whatever is less simple than that is left to axe, with
all its care, and so is every contrast that is too low: axe alone says what is wrong.
"""

from __future__ import annotations

DOUBTFUL = "data-doubtful-letters"
"""What marks an element whose letters axe has to judge."""
MARK_DOUBTFUL = """() => {
    const kept = (make) => {
        const found = new Map();
        return (e) => found.has(e) ? found.get(e) : found.set(e, make(e)).get(e);
    };
    const style = kept((e) => getComputedStyle(e));
    const box = kept((e) => e.getBoundingClientRect());
    const RGB = /^rgb\\((\\d+), (\\d+), (\\d+)\\)$/;
    const solid = (colour) => RGB.exec(colour)?.slice(1).map(Number);
    const CLEAR = 'rgba(0, 0, 0, 0)';
    // As WCAG 2.2 defines them.
    const luminance = (rgb) => rgb.map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
    const contrast = kept((pair) => {
        const [low, high] = pair.split(' on ').map(solid).map(luminance).sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    });
    // Nothing mixes colours, and nothing is moved behind what it stands on.
    const plain = (s) => s.opacity === '1' && s.filter === 'none' && s.mixBlendMode === 'normal'
        && s.backgroundImage === 'none' && ['border-box', 'padding-box'].includes(s.backgroundClip)
        && !(parseInt(s.zIndex) < 0);
    const everywhere = {left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity};
    // The one colour that is below an element, and how far it reaches; null where it is not plain.
    const ground = kept((e) => {
        const colour = style(e).backgroundColor;
        const below = e === document.documentElement ? {colour: CLEAR, reach: everywhere}
            : e.parentElement && ground(e.parentElement);
        if (!below || !plain(style(e))) return null;
        if (colour === CLEAR) return below;
        if (!solid(colour)) return null;
        const canvas = e === document.documentElement
            || e === document.body && below.colour === CLEAR;
        return {colour, reach: canvas ? everywhere : box(e)};
    });
    const meets = (a, b) =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const within = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1
        && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
    const all = [...document.querySelectorAll('*')]
        .filter((e) => e.checkVisibility({visibilityProperty: true}));
    const pictures = 'img, svg, video, canvas, object, embed, iframe, input, select, textarea, '
        + 'button, progress, meter';
    const painted = all.filter((e) => e.matches(pictures) || style(e).backgroundColor !== CLEAR
        || style(e).backgroundImage !== 'none').filter((e) => box(e).width && box(e).height);
    const without = ['hidden', 'range', 'color', 'checkbox', 'radio', 'image'];
    const typed = `input${without.map((type) => `:not([type=${type}])`).join('')}`;
    const controls = `${typed}, select, textarea`;
    const range = document.createRange();
    const standsOn = (e) => {
        if (e.matches(controls)) return [box(e)];
        const texts = [...e.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
        return texts.flatMap((node) => {
            range.selectNodeContents(node);
            return [...range.getClientRects()];
        });
    };
    const clear = (e, rects) => {
        const s = style(e), below = ground(e);
        return below && solid(below.colour) && solid(s.color) && s.textShadow === 'none'
            && s.webkitTextStrokeWidth === '0px' && !e.closest('svg')
            && contrast(`${s.color} on ${below.colour}`) >= 4.5
            && rects.every((rect) => within(rect, below.reach))
            && painted.every((other) => other.contains(e)
                || !rects.some((rect) => meets(rect, box(other))));
    };
    if (all.some((e) => e.shadowRoot)) throw new Error('letters that cannot be seen from here');
    let number = 0;
    for (const e of all) {
        const rects = standsOn(e);
        if (!rects.length || clear(e, rects)) continue;
        e.setAttribute('data-doubtful-letters', '');
        number += 1;
    }
    return number;
}"""
"""Mark them, and tell how many there are. What nobody sees is not looked at."""
