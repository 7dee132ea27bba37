using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Payments;
using Billing.Domain.Quotes;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.EInvoicing;
using Billing.Projections.Invoicing;
using Billing.Projections.Payments;
using Billing.Projections.Quotes;
using Billing.Projections.Reports;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Invoicing;

/// <summary>
/// Everything about one invoice in one ZIP that needs no server to be read: its documents, mails, and a summary in plain words. It is
/// made of facts alone, so that the same facts are the same bytes.
/// </summary>
internal sealed class DisputePack(
    BookSession session, InvoiceHistory history, IssuedInvoice issued, bool isVoided, IDocumentRenderer renderer)
{
    /// <summary>The first that a ZIP can say; the true times are in the summary.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DocumentLanguage _language = DocumentLanguage.Of(issued.Facts.Language);
    private readonly List<PackedFile> _files = [];

    public async Task<byte[]> Make()
    {
        var invoice = EInvoice.Printed(issued.Facts, isVoided: isVoided);
        Add($"invoice-{invoice.Number}.pdf", _language.Word("invoice"), renderer.Render(invoice).Pdf);
        foreach (var note in issued.CreditNotes.Values.OrderBy(note => note.Facts.Number, StringComparer.Ordinal))
        {
            var model = EInvoice.Printed(issued.Facts, note.Facts);
            Add($"credit-note-{model.Number}.pdf", _language.Word("credit-note"), renderer.Render(model).Pdf);
        }
        await AddReceipts();
        if (PrintedTimesheet.Of(issued.Facts) is { } sheet)
            Add("timesheet.pdf", _language.Word("pack-timesheet"), renderer.Render(sheet).Pdf);
        await AddQuote();
        foreach (var (i, mail) in history.Mails.Index()) Add($"mails/{i + 1:00}-{mail.Kind}.txt", MailName(mail), MailTextOf(mail));
        var summary = renderer.Render(await Summary()).Pdf;
        _files.Insert(0, new PackedFile("summary.pdf", _language.Word("pack-title"), summary));
        var sums = _files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Bytes))}  {file.Name}\n");
        Add("SHA256SUMS.txt", "", Encoding.UTF8.GetBytes(string.Concat(sums)));
        return Zipped();
    }

    private async ValueTask AddReceipts()
    {
        foreach (var id in history.PaymentIds)
        {
            if (PrintedReceipt.Of(await session.Load(Payment.Stream, id), issued) is not { } receipt) continue;
            var number = _files.Count(file => file.Name.StartsWith("receipt-", StringComparison.Ordinal)) + 1;
            var what = _language.Word(
                "page-payment", ("amount", _language.Amount(receipt.Amount)), ("day", _language.Day(receipt.ReceivedOn)));
            Add($"receipt-{number}.pdf", $"{_language.Word("receipt-title")}: {what}", renderer.Render(receipt).Pdf);
        }
    }

    private async ValueTask AddQuote()
    {
        if (history.QuoteId is not { } id) return;
        var quote = await session.Load(Quote.Stream, id);
        if (quote.Sent is not { } sent) return;
        var client = await session.Load(Client.Stream, issued.Facts.ClientId);
        var model = PrintedQuote.Of(sent, quote.Currency, DocumentLanguage.Of(client.Details?.Language));
        Add($"quote-{sent.Name.Replace('/', '-')}.pdf", _language.Word("quote"), renderer.Render(model).Pdf);
    }

    private async ValueTask<DisputeSummaryModel> Summary()
    {
        var zone = (await session.Practice()).TimeZone;
        var times = DateTimeZoneProviders.Tzdb[zone];
        var words = new InvoiceTimeline(_language, issued.Currency);
        var timeline = history.Events
            .Select(told => (At: told.At.InZone(times).LocalDateTime, What: words.Sentence(told.Event, told.Subject)))
            .Where(told => told.What is not null).Select(told => new TimelineModel(told.At, told.What!)).ToList();
        var printed = PrintedInvoice.Of(issued.Facts);
        return new DisputeSummaryModel
        {
            Language = _language,
            Seller = printed.Seller,
            Client = printed.Client,
            InvoiceNumber = issued.Facts.Number,
            IssuedOn = issued.Facts.IssuedOn,
            DueOn = issued.Facts.DueOn,
            Account = [.. Account()],
            Open = new Money(isVoided ? 0 : issued.BalanceMinor, issued.Currency),
            Timeline = timeline,
            TimeZone = zone,
            Files = [.. _files.Select(file => (file.Name, file.What))],
            AsOf = timeline[^1].At.Date,
            Style = printed.Style,
        };
    }

    private IEnumerable<(string Label, Money Amount)> Account()
    {
        (string Word, long Minor)[] rows =
        [
            ("from-retainer", -issued.Facts.RetainerAppliedMinor), ("from-credit", -issued.CreditAppliedMinor), ("paid", -issued.PaidMinor),
            ("page-credited", -issued.ReducedMinor), ("pack-written-off", -(issued.WrittenOff?.AmountMinor ?? 0)),
            ("void", isVoided ? -issued.BalanceMinor : 0),
        ];
        yield return (_language.Word("total"), new Money(issued.Facts.TotalMinor, issued.Currency));
        foreach (var (word, minor) in rows)
            if (minor != 0) yield return (_language.Word(word), new Money(minor, issued.Currency));
    }

    private string MailName(MailEvent.MailAsked mail) =>
        _language.Word("pack-mail", ("subject", mail.Texts?.Subject ?? PrintedInvoice.Erased));

    /// <summary>As it was written, under what became of it.</summary>
    private byte[] MailTextOf(MailEvent.MailAsked mail)
    {
        var words = new InvoiceTimeline(_language, issued.Currency);
        var text = new StringBuilder();
        foreach (var told in history.Events.Where(told => told.MailId == mail.MailId))
        {
            if (words.Sentence(told.Event, told.Subject) is { } sentence)
                text.Append(InstantPattern.General.Format(told.At)).Append("  ").Append(sentence).Append('\n');
        }
        text.Append('\n').Append(mail.Texts is { } texts ? $"{texts.Subject}\n\n{WithoutLink(texts)}" : PrintedInvoice.Erased).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Whoever gets the pack needs no key to the client's page.</summary>
    private string WithoutLink(MailTexts texts) => texts.Link is { Length: > 0 } link
        ? texts.Body.Replace(link, $"[{_language.Word("pack-link")}]", StringComparison.Ordinal)
        : texts.Body;

    private void Add(string name, string what, byte[] bytes) => _files.Add(new PackedFile(name, what, bytes));

    private byte[] Zipped()
    {
        using var pack = new MemoryStream();
        using (var zip = new ZipArchive(pack, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var file in _files)
            {
                // The documents are compressed inside; times and rights of this machine stay out.
                var entry = zip.CreateEntry($"{issued.Facts.Number}/{file.Name}", CompressionLevel.Optimal);
                (entry.LastWriteTime, entry.ExternalAttributes) = (NoTime, 0);
                using var target = entry.Open();
                target.Write(file.Bytes);
            }
        }
        return pack.ToArray();
    }

    private sealed record PackedFile(string Name, string What, byte[] Bytes);
}
