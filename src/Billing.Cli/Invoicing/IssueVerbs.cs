using System.CommandLine;
using System.Text.Json;
using Billing.Cli.Running;
using Billing.Cli.Shown;

namespace Billing.Cli.Invoicing;

/// <summary>
/// What gives out a number or sends a mail: shown first, by a dry run, and done only when a person says so. What is then sent is
/// what was shown, and is refused if the invoice has changed in between.
/// </summary>
internal static class IssueVerbs
{
    public static Command Finalize(Verbs verbs)
    {
        var which = InvoiceVerbs.WhichOne();
        var issuedOn = Days.Option("--issued-on", "Its day; left out, today.");
        var yes = Yes();
        return verbs.Make("finalize", "Give a draft its number; it is then fixed.", async session =>
        {
            var names = await session.Names();
            var found = await InvoiceVerbs.Find(session, names, session.Parsed.GetValue(which)!, "draft");
            var draft = (await session.Get<InvoiceDetail>($"/v1/invoices/{found.InvoiceId:D}")).Value;
            var path = $"/v1/invoices/{found.InvoiceId:D}:finalize";
            var version = draft.Invoice.Version;
            var would = (await session.Post<DryRun>(
                $"{path}?dryRun=true", new { IssuedOn = session.Parsed.GetValue(issuedOn) }, version))
                .Value.Event("invoice-finalized").Data;
            InvoiceVerbs.Show(session.Aside, names, draft);
            var day = Text(would, "issuedOn");
            session.Aside.Say($"It becomes {Text(would, "number")}, issued {day}, due {Text(would, "dueOn")}.");
            session.Confirm("Finalize it?", session.Parsed.GetValue(yes));
            var answer = await session.Post<DraftReceipt>(path, new { IssuedOn = day }, version);
            await session.Show(answer, async receipt =>
            {
                var invoice = (await session.Get<InvoiceDetail>($"/v1/invoices/{receipt.Id:D}")).Value.Invoice;
                session.Screen.Say($"Finalized {invoice.Number}: {invoice.Open} open, due {Written.Day(invoice.DueOn)}.");
            });
        }, which, issuedOn, yes);
    }

    public static Command Send(Verbs verbs)
    {
        var which = InvoiceVerbs.WhichOne();
        var to = new Option<string?>("--to") { Description = "Another address than the client's." };
        var yes = Yes();
        return verbs.Make("send", "Mail an invoice to its client.", async session =>
        {
            var names = await session.Names();
            var found = await InvoiceVerbs.Find(session, names, session.Parsed.GetValue(which)!, status: null);
            var path = $"/v1/invoices/{found.InvoiceId:D}:send";
            var would = (await session.Post<DryRun>($"{path}?dryRun=true", new { Recipient = session.Parsed.GetValue(to) }))
                .Value.Event("mail-asked").Confidential!.Value;
            var recipient = Text(would, "recipient");
            session.Aside.Say($"To {recipient}: {Text(would.GetProperty("texts"), "subject")}");
            session.Confirm("Send it?", session.Parsed.GetValue(yes));
            var answer = await session.Post<DraftReceipt>(path, new { Recipient = recipient });
            session.Show(answer, _ => session.Screen.Say($"{InvoiceNames.Reference(found)} is on its way to {recipient}."));
        }, which, to, yes);
    }

    private static Option<bool> Yes() => new("--yes", "-y") { Description = "Go on without being asked." };

    private static string Text(JsonElement json, string name) => Screen.Plain(json.GetProperty(name).GetString());
}
