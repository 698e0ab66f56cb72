package dev.featuremap.page;

/** How every page looks: by day and by night, on a desk and on a phone. */
final class Style {
    /** The page around the blocks. */
    static final String FRAME = """
            :root { color-scheme: light dark; }
            body { margin: 0; font: 16px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
            main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2rem; }
            nav { font-size: .85rem; display: flex; flex-wrap: wrap; gap: .2rem .8rem; } nav.foot { justify-content: space-between; margin-top: 2rem; }
            @media (max-width: 30rem) { nav.head { flex-wrap: nowrap; overflow-x: auto; white-space: nowrap; padding-bottom: .3rem; } }
            footer { margin-top: 2rem; font-size: .8rem; opacity: .75; } footer p { margin: .2rem 0; }
            main .wide, main pre { background:
                linear-gradient(to right, Canvas 50%, transparent) left / 2rem 100% no-repeat local,
                linear-gradient(to left, Canvas 50%, transparent) right / 2rem 100% no-repeat local,
                linear-gradient(to right, #8888, transparent) left / .6rem 100% no-repeat scroll,
                linear-gradient(to left, #8888, transparent) right / .6rem 100% no-repeat scroll; }
            """;

    /** The blocks themselves, inside whatever has the class {@code blocks}: a page, or a notebook's cell. */
    static final String BLOCKS = """
            .blocks { --rule: #8884; --quiet: #666; --plus: 178,24,43; --minus: 33,102,172; --line0: #b2182b; --line1: #2166ac; --line2: #4d9221; }
            @media (prefers-color-scheme: dark) { .blocks { --quiet: #999; --plus: 244,119,106; --minus: 109,179,242; --line0: #f4776a; --line1: #6db3f2; --line2: #9bd05e; } }
            .blocks p, .blocks li { max-width: 44rem; }
            .blocks pre, .blocks .numbers { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; }
            .blocks pre { overflow-x: auto; padding: .6rem .8rem; border: 1px solid var(--rule); border-radius: .4rem; }
            .blocks figure { margin: .6rem 0; max-width: 100%; overflow-x: auto; }
            .blocks figcaption { font-size: .8rem; color: var(--quiet); max-width: 30rem; } .blocks .wide figcaption { font-size: .95rem; color: inherit; max-width: none; margin: .6rem 0 .2rem; }
            .blocks table { border-collapse: collapse; }
            .blocks td, .blocks th { padding: .2rem .5rem; text-align: left; border: 1px solid var(--rule); white-space: nowrap; }
            .blocks .number, .blocks .numbers td { text-align: right; font-variant-numeric: tabular-nums; }
            .blocks .numbers td { padding: .15rem .4rem; min-width: var(--digits); }
            .blocks .numbers .marked { outline: 2px solid currentColor; outline-offset: -2px; font-weight: bold; }
            .blocks .beside { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: flex-start; }
            .blocks .beside > figure:not(.chart, .wide) { width: min-content; }
            .blocks .beside > .chart { flex: 1 1 20rem; }
            .blocks .small { gap: .2rem .5rem; } .blocks .small figure { width: min-content; } .blocks .small figcaption { font-size: .75rem; }
            .blocks img { image-rendering: pixelated; border: 1px solid var(--rule); display: block; }
            .blocks .chart { max-width: 34rem; } .blocks svg { width: 100%; display: block; }
            .blocks svg text { font-size: 14px; fill: currentColor; }
            .blocks svg path { stroke: var(--rule); } .blocks polyline { fill: none; stroke-width: 2; }
            .blocks .line0 { stroke: var(--line0); } .blocks .line1 { stroke: var(--line1); } .blocks .line2 { stroke: var(--line2); }
            .blocks .key0 { fill: var(--line0); } .blocks .key1 { fill: var(--line1); } .blocks .key2 { fill: var(--line2); }
            .blocks .slide { font-size: .75rem; font-weight: normal; color: var(--quiet); border: 1px solid var(--rule); border-radius: .3rem; padding: 0 .3rem; }
            .blocks .topics li { margin: .6rem 0; } .blocks .topics small { display: block; color: var(--quiet); }
            @media (max-width: 30rem) { .blocks pre { font-size: 11px; padding: .5rem; } .blocks td, .blocks th { font-size: 13px; padding: .15rem .3rem; } .blocks .numbers td { font-size: 11px; padding: .1rem; } }
            """;

    private Style() {}
}
