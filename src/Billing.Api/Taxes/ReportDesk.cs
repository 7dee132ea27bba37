using Billing.EventStore.Port;
using Billing.Projections.Access;
using Billing.Projections.Documents;
using Billing.Projections.Taxes;

namespace Billing.Api.Taxes;

/// <summary>Makes the quarterly report, whose model page, PDF, JSON and CSV are made of.</summary>
public sealed class ReportDesk(EstimateDesk estimates, GivenEstimates given, AccessQueries access)
{
    public async Task<(TaxReport? Report, Domain.Rejection? Rejection)> Of(
        BookId book, EstimateWish wish, CancellationToken cancellationToken)
    {
        if (!estimates.TryEstimate(book, wish, out var estimated, out var rejection)) return (null, rejection);
        var since = await given.Since(book, estimated, wish, cancellationToken);
        var model = PrintedEstimate.Of(
            estimated.Estimate, estimated.Parameters, PracticeName(book), estimated.Status, estimated.Known, since);
        return (new TaxReport(estimated, since, model), null);
    }

    /// <param name="quarter">1 to 4.</param>
    public VoucherModel Voucher(BookId book, Estimated estimated, int quarter) =>
        PrintedVoucher.Of(estimated.Estimate, PracticeName(book), estimated.Known, quarter);

    private string PracticeName(BookId book) => access.Business(book)?.Name ?? "";
}

/// <param name="Since">Null where no estimate was given before.</param>
/// <param name="Model">As it is printed.</param>
public sealed record TaxReport(Estimated Estimated, SinceGiven? Since, TaxReportModel Model);
