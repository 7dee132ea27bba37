using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Taxes;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Taxes;

/// <summary>The part of the home that is used for the business only. Amounts are US dollars over the time of use.</summary>
/// <param name="Method">simplified, by its size; actual, by the costs of the home; none, to take it back.</param>
/// <param name="UsedFrom">Left out, the first of January; <paramref name="UsedUntil"/>, the end of December.</param>
/// <param name="HomeSquareFeet">Of the whole home; for actual costs.</param>
/// <param name="CarriedOver">What last year's limit left over; for actual costs.</param>
public sealed record HomeOfficeBody(
    [property: Text(20)] string Method, int OfficeSquareFeet = 0, LocalDate? UsedFrom = null, LocalDate? UsedUntil = null,
    int? HomeSquareFeet = null, IReadOnlyList<HomeCostBody>? Costs = null, Money? CarriedOver = null);

/// <param name="Kind">In your words, such as rent.</param>
/// <param name="IsDirect">For the office alone; otherwise for the whole home, of which the office has its share.</param>
public sealed record HomeCostBody([property: Text(200)] string Kind, Money Amount, bool IsDirect = false);

public sealed record HomeOfficeView(
    string Method, int OfficeSquareFeet, int? HomeSquareFeet, LocalDate UsedFrom, LocalDate UsedUntil,
    IReadOnlyList<HomeCostBody> Costs, Money CarriedOver)
{
    public static HomeOfficeView Of(StatedHomeOffice office) => new(
        office.Method, office.OfficeSquareFeet, office.HomeSquareFeet, office.UsedFrom, office.UsedUntil,
        [.. office.Costs.Select(cost => new HomeCostBody(cost.Kind, TaxYearView.Usd(cost.AmountMinor), cost.IsDirect))],
        TaxYearView.Usd(office.CarriedOverMinor));
}

public static class HomeOfficeEndpoints
{
    private const string None = "none";

    public static void MapHomeOffice(this IEndpointRouteBuilder v1) =>
        v1.Command<HomeOfficeBody>("/tax-years/{year:int}:set-home-office", Role.Owner, call => new SetHomeOfficeCommand(
                call.Context, new SetHomeOffice(TaxEndpoints.Year(call), TaxYear.UsFederal, Office(call), call.Now)),
            (call, done) => Answers.Changed(done, call.Caller.Book.Value));

    private static StatedHomeOffice? Office(CommandCall<HomeOfficeBody> call)
    {
        var (body, year) = (call.Body, TaxEndpoints.Year(call));
        if (body.Method == None) return null;
        var inBounds = year is >= TaxYear.FirstYear and <= TaxYear.LastYear;
        return new StatedHomeOffice(
            body.Method, body.OfficeSquareFeet, body.HomeSquareFeet,
            body.UsedFrom ?? new LocalDate(inBounds ? year : TaxYear.FirstYear, 1, 1),
            body.UsedUntil ?? new LocalDate(inBounds ? year : TaxYear.FirstYear, 12, 31),
            [
                .. (body.Costs ?? []).Select((cost, i) => new HomeCost(
                    cost.Kind, TaxEndpoints.Dollars(call, cost.Amount, $"/costs/{i}/amount"), cost.IsDirect)),
            ],
            body.CarriedOver is { } carried ? TaxEndpoints.Dollars(call, carried, "/carriedOver") : 0);
    }
}
