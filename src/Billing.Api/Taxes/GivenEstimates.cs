using System.Diagnostics.CodeAnalysis;
using Billing.Domain;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.EventStore.Port;
using Billing.Projections.Running;
using Billing.Projections.Taxes;
using Given = Billing.Projections.Taxes.EstimateView;

namespace Billing.Api.Taxes;

/// <summary>
/// Estimates that were given: each is worked out of the book up to one place, at the time as ever after, so that it comes out
/// the same again.
/// </summary>
public sealed class GivenEstimates(IEventStore store, TaxQueries queries)
{
    /// <summary>The estimate of the whole book as it is stored now, and where that ends.</summary>
    public async Task<(long Place, Estimated? Estimated, Rejection? Rejection)> OfNow(
        BookId book, EstimateWish wish, CancellationToken cancellationToken)
    {
        using var snapshot = await BookSnapshot.Fill(store, book, long.MaxValue, cancellationToken);
        var isMade = EstimateDesk.TryEstimate(new TaxQueries(snapshot.Database), book, wish, out var estimated, out var rejection);
        return (snapshot.Last?.Place ?? 0, isMade ? estimated : null, rejection);
    }

    /// <summary>Null where none of the year has this id.</summary>
    public Given? Find(BookId book, int year, Guid estimateId) =>
        queries.Estimates(book, year, TaxYear.UsFederal).FirstOrDefault(given => given.EstimateId == estimateId);

    /// <summary>Works a given estimate out again.</summary>
    public async Task<(Estimated? Estimated, Rejection? Rejection)> Again(
        BookId book, int year, Given given, CancellationToken cancellationToken)
    {
        using var snapshot = await BookSnapshot.Fill(store, book, given.BookPlace, cancellationToken);
        return EstimateDesk.TryEstimate(new TaxQueries(snapshot.Database), book, WishOf(year, given), out var estimated, out var rejection)
            ? (estimated, null)
            : (null, rejection);
    }

    /// <summary>What is different now from the last estimate given of the year; null where there is none to hold against.</summary>
    public async Task<SinceGiven?> Since(BookId book, Estimated now, EstimateWish wish, CancellationToken cancellationToken)
    {
        if (queries.Estimates(book, wish.Year, TaxYear.UsFederal) is not [.., var given]) return null;
        using var snapshot = await BookSnapshot.Fill(store, book, given.BookPlace, cancellationToken);
        var (then, old) = (new TaxQueries(snapshot.Database), WishOf(wish.Year, given));
        if (!TryMake(then, old, out var before)) return null;
        var newest = old with { ParametersVersion = now.Parameters.Version };
        var changes = EstimateChanges.Of(
            before.Estimate,
            [
                (ChangeReason.Parameters, Step(then, newest)),
                (ChangeReason.Corrections, Step(queries, newest)),
                (ChangeReason.Time, Step(queries, newest with { AsOf = wish.AsOf })),
                (ChangeReason.Projection, now.Estimate),
            ]);
        return new SinceGiven(given, changes, FactChange.Between(before.Known, now.Known));

        TaxEstimate? Step(TaxQueries from, EstimateWish step) => TryMake(from, step, out var made) ? made.Estimate : null;

        bool TryMake(TaxQueries from, EstimateWish step, [NotNullWhen(true)] out Estimated? made) =>
            EstimateDesk.TryEstimate(from, book, step, out made, out _);
    }

    internal static EstimateWish WishOf(int year, Given given) => new(
        year, given.AsOf,
        new ProjectionChoice(given.ProjectionCode ?? ProjectionChoice.RunRate, given.OwnNetProfitMinor / 100m), given.ParameterVersion);
}
