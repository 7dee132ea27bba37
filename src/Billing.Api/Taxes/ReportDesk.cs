using Billing.EventStore.Port;
using Billing.Projections.Access;
using Billing.Projections.Documents;
using Billing.Projections.Taxes;

namespace Billing.Api.Taxes;

/// <summary>Makes the quarterly report, whose model page, PDF, JSON and CSV are made of.</summary>
public sealed class ReportDesk(EstimateDesk estimates, GivenEstimates given, AccessQueries access)
{
    /// <param name="language">Of its sentences and headings; null for the default.</param>
    public async Task<(TaxReport? Report, Domain.Rejection? Rejection)> Of(
        BookId book, EstimateWish wish, string? language, CancellationToken cancellationToken)
    {
        if (!estimates.TryEstimate(book, wish, out var estimated, out var rejection)) return (null, rejection);
        var since = await given.Since(book, estimated, wish, cancellationToken);
        var model = PrintedEstimate.Of(
            estimated.Estimate, estimated.Parameters, PracticeName(book), estimated.Status, estimated.Known, since,
            DocumentLanguage.Of(language));
        return (new TaxReport(estimated, since, model), null);
    }

    /// <param name="quarter">1 to 4.</param>
    public VoucherModel Voucher(BookId book, Estimated estimated, int quarter, string? language) =>
        PrintedVoucher.Of(estimated.Estimate, PracticeName(book), estimated.Known, quarter, DocumentLanguage.Of(language));

    private string PracticeName(BookId book) => access.Business(book)?.Name ?? "";
}

/// <param name="Since">Null where no estimate was given before.</param>
/// <param name="Model">As it is printed.</param>
public sealed record TaxReport(Estimated Estimated, SinceGiven? Since, TaxReportModel Model);
