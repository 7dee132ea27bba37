namespace Billing.StripeStandIn.Pages;

/// <summary>The page's look, from a phone's 360 px up; follows the reader's light or dark setting.</summary>
internal static class CheckoutStyle
{
    public const string Css =
        """
        :root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6776; --paper: #fff; --ground: #f3f5f8;
          --line: #d9dfe7; --accent: #0f62c9; --accent-ink: #fff; --warn: #fff3cd; --warn-ink: #5c4300;
          --bad: #fdecea; --bad-ink: #8c1d18; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --soft: #a3afbd; --paper: #1b222b;
          --ground: #12171d; --line: #35404d; --accent: #6aa8f7; --accent-ink: #0b1420; --warn: #4a3a08;
          --warn-ink: #ffe9a8; --bad: #4a1613; --bad-ink: #ffd9d6; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        header { background: var(--warn); color: var(--warn-ink); padding: .75rem 1rem; text-align: center; }
        header strong, header span { display: block; }
        header span { font-size: .875rem; }
        main { max-width: 60rem; margin: 0 auto; padding: 1rem; display: grid; gap: 1rem; }
        .card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem;
          min-width: 0; overflow-wrap: anywhere; }
        .card > :last-child { margin-bottom: 0; }
        h1 { margin: 0 0 .75rem; font-size: 2rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
        h2 { margin: 0 0 .5rem; font-size: 1.25rem; }
        p { margin: 0 0 .75rem; }
        .items { list-style: none; margin: 0; padding: 0; }
        .items li, .sum { display: flex; justify-content: space-between; gap: 1rem; padding: .625rem 0; margin: 0;
          border-top: 1px solid var(--line); }
        .items span:last-child, .sum span:last-child { white-space: nowrap; font-variant-numeric: tabular-nums; }
        .items small { display: block; color: var(--soft); }
        .sum { font-weight: 600; border-top-width: 2px; }
        label { display: block; font-weight: 600; margin-bottom: .25rem; }
        input, button { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border-radius: .5rem;
          border: 1px solid var(--line); font: inherit; color: inherit; background: var(--paper); }
        input { margin-bottom: 1rem; border-color: var(--soft); }
        button { cursor: pointer; font-weight: 600; }
        button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
        button:hover { filter: brightness(.95); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        .row { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
        .hint, .payer { color: var(--soft); font-size: .875rem; }
        .hint { margin-top: .375rem; text-align: center; }
        .cancel { margin: 1rem 0 0; text-align: center; }
        a { color: var(--accent); }
        .notice { background: var(--bad); color: var(--bad-ink); border-radius: .5rem; padding: .625rem .75rem; }
        @media (min-width: 48rem) { main { padding: 3rem 1rem; gap: 1.5rem; align-items: start;
          grid-template-columns: 1fr 1fr; } .state { grid-column: 1 / -1; } }
        """;
}
