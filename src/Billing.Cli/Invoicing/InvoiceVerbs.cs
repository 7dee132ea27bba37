using System.CommandLine;
using Billing.Cli.Running;
using Billing.Cli.Server;
using Billing.Cli.Shown;
using Billing.Cli.Work;

namespace Billing.Cli.Invoicing;

internal static class InvoiceVerbs
{
    public static Command Build(Verbs verbs) => Verbs.Group(
        "invoice", "Invoices.", List(verbs), ShowVerb(verbs), Draft(verbs), IssueVerbs.Finalize(verbs), IssueVerbs.Send(verbs));

    private static Command List(Verbs verbs)
    {
        var status = new Option<string?>("--status") { Description = "Such as draft, finalized, overdue or paid." };
        var client = new Option<string?>("--client") { Description = "Only of this client, by a part of the name." };
        return verbs.Make("list", "List invoices.", async session =>
        {
            var names = await session.Names();
            var only = session.Parsed.GetValue(client) is { } text ? names.FindClient(text).ClientId : (Guid?)null;
            var answer = await session.Get<Page<InvoiceView>>(
                "/v1/invoices", ("status", session.Parsed.GetValue(status)), ("client", only), ("limit", 500));
            session.Show(answer, page =>
            {
                session.Screen.Table(
                    [
                        Column.Whole("invoice"), "client", "status", Column.Whole("due"), Column.Amount("total"), Column.Amount("open"),
                    ],
                    page.Items.Select(i => new[]
                    {
                        InvoiceNames.Reference(i), names.ClientName(i.ClientId), i.Status, Written.Day(i.DueOn), i.Total?.ToString(),
                        i.Open?.ToString(),
                    }), "No invoices.");
                if (page.Next is not null) session.Screen.Say("There are more: ask for one client or status.");
            });
        }, status, client);
    }

    private static Command ShowVerb(Verbs verbs)
    {
        var which = WhichOne();
        return verbs.Make("show", "Show an invoice or a draft with its lines.", async session =>
        {
            var names = await session.Names();
            var found = await Find(session, names, session.Parsed.GetValue(which)!, status: null);
            var answer = await session.Get<InvoiceDetail>($"/v1/invoices/{found.InvoiceId:D}");
            session.Show(answer, detail => Show(session.Screen, names, detail));
        }, which);
    }

    private static Command Draft(Verbs verbs)
    {
        var client = new Argument<string>("client") { Description = "By a part of the name." };
        var through = Days.Option("--through", "Last day of the work to bill; left out, today.");
        var note = new Option<string?>("--note") { Description = "For the client to read." };
        return verbs.Make("draft", "Draft an invoice over what waits to be billed.", async session =>
        {
            var names = await session.Names();
            var answer = await session.Post<DraftReceipt>("/v1/invoices", new
            {
                names.FindClient(session.Parsed.GetValue(client)!).ClientId,
                Through = session.Parsed.GetValue(through),
                Note = session.Parsed.GetValue(note),
            });
            await session.Show(answer, async receipt =>
                Show(session.Screen, names, (await session.Get<InvoiceDetail>($"/v1/invoices/{receipt.Id:D}")).Value));
        }, client, through, note);
    }

    public static Argument<string> WhichOne() =>
        new("invoice") { Description = "Its number or id, the end of either, or its client where that has only one." };

    /// <param name="status">Only among those; null for any.</param>
    public static async Task<InvoiceView> Find(Session session, WorkNames names, string text, string? status)
    {
        var all = await session.Server.All<InvoiceView>("/v1/invoices", session.Cancellation, ("status", status));
        return InvoiceNames.Find(all, names, text);
    }

    public static void Show(Screen screen, WorkNames names, InvoiceDetail detail)
    {
        var invoice = detail.Invoice;
        screen.Say($"{InvoiceNames.Reference(invoice)}  {names.ClientName(invoice.ClientId)}, {invoice.Status}");
        if (invoice.IssuedOn is not null) screen.Say($"Issued {Written.Day(invoice.IssuedOn)}, due {Written.Day(invoice.DueOn)}.");
        screen.Table(
            ["", "for", Column.Amount("hours"), Column.Amount("per hour"), Column.Amount("amount")],
            detail.Lines.Select(line => new[]
            {
                FormattableString.Invariant($"{line.LineNumber}"), line.Description,
                line.QuantitySeconds is { } seconds ? Written.Hours(seconds) : null, line.PerHour?.ToString(), line.Amount.ToString(),
            }), "No lines.");
        if (detail.Preview is { } preview)
        {
            screen.Say($"Total {preview.Total}, to pay {preview.Due}.");
            if (preview.Refusal is { } refusal) screen.Say($"It cannot be finalised as it is: {refusal}");
        }
        else
        {
            screen.Say($"Total {invoice.Total}, open {invoice.Open}.");
        }
    }
}

internal sealed record DraftReceipt(Guid Id);
