using System.Diagnostics;
using System.Globalization;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>An invoice of two pages as a PDF, on one core.</summary>
internal sealed class PdfBenchmark : IBenchmark
{
    private const int Lines = 40;
    private const double LeastPerSecond = 60, GoalPerSecond = 160, MostKilobytes = 60, MostMebibytes = 1.2;

    private readonly PdfDocumentRenderer renderer = new();

    public string Name => "pdf";

    public string Heading(BenchOptions options) =>
        $"""
        pdf: an invoice with {Lines} lines, retainer, tax, payment link and QR code, without attached XML, tagged, fonts embedded;
        one caller, each document with another number and other amounts.
        Limits are not measured: {LeastPerSecond:0}/s, {MostKilobytes:0} KB (1,000 bytes) and {MostMebibytes:0.0} MiB allocated each.
        {PerRound(options)} documents a round, {Rounds(options)} rounds after one to warm up; medians.
        """;

    public Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var (speed, size, memory) = (new List<double>(), new List<double>(), new List<double>());
        var number = 0;
        for (var round = 0; round <= Rounds(options); round++)
        {
            var (bytes, allocated) = (0L, GC.GetAllocatedBytesForCurrentThread());
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < PerRound(options); i++) bytes += renderer.Render(Invoice(++number)).Pdf.Length;
            var seconds = clock.Elapsed.TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (round == 0) continue;
            speed.Add(PerRound(options) / seconds);
            size.Add(bytes / 1_000.0 / PerRound(options));
            memory.Add(allocated / 1_048_576.0 / PerRound(options));
        }
        return Task.FromResult<IReadOnlyList<BenchCase>>(
        [
            Case("invoices", "invoices/s", speed, LeastPerSecond, GoalPerSecond / LeastPerSecond, lowerIsBetter: false),
            Case("size", "KB", size, MostKilobytes, 1, lowerIsBetter: true),
            Case("allocated", "MiB", memory, MostMebibytes, 1, lowerIsBetter: true),
        ]);
    }

    private static int Rounds(BenchOptions options) => options.Quick ? 3 : 7;

    private static int PerRound(BenchOptions options) => options.Quick ? 200 : 1_000;

    private static BenchCase Case(string name, string unit, List<double> rounds, double limit, double goal, bool lowerIsBetter) =>
        BenchCase.Of(
            name, unit, new BenchSamples(name, rounds), new BenchSamples("the bar", [.. rounds.Select(_ => limit)]), 1, goal,
            lowerIsBetter);

    private static InvoiceModel Invoice(int number)
    {
        var usd = Currency.Usd;
        var lines = Enumerable.Range(1, Lines).Select(n => new InvoiceLineModel(
            $"Inbox care and calendar, week {n} of the engagement", $"{n}:30 h", "$45.00", new Money(45_00 * n + 22_50 + number, usd),
            [new WorkedHoursModel(new LocalDate(2026, 5, 1).PlusDays(n % 28), "Ana Reyes", $"Answered {n + number} mails", n * 3_600L)]))
            .ToList();
        var subtotal = lines.Aggregate(Money.Zero(usd), (sum, line) => sum + line.Amount);
        var tax = new Money(subtotal.Minor * 8 / 100, usd);
        var total = subtotal + tax;
        return new InvoiceModel
        {
            Seller = new Party("Juniper Virtual Assistance", ["12 Oak Street", "Austin, TX 78701"], TaxId: "12-3456789"),
            Client = new Party("Acme Dental LLC", ["900 Main Street", "Suite 4", "Chicago, IL 60601"]),
            Number = string.Create(CultureInfo.InvariantCulture, $"INV-2026-{number:000000}"),
            IssuedOn = new LocalDate(2026, 6, 1),
            DueOn = new LocalDate(2026, 6, 15),
            Lines = lines,
            Subtotal = subtotal,
            Taxes = [new InvoiceTaxModel("Sales tax 8%", tax)],
            Total = total,
            RetainerApplied = new Money(100_00, usd),
            BalanceDue = total - new Money(100_00, usd),
            RetainerBalanceAfter = new Money(400_00, usd),
            Notes = "Thank you for your business.",
            RoundingRule = "Each entry is rounded up to 6 minutes.",
            PaymentUrl = "https://billing.example/i/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg",
        };
    }
}
