using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain.Expenses;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Expenses;
using Billing.Projections.Paging;
using NodaTime;

namespace Billing.Api.Expenses;

/// <param name="Hundredths">Hundredths of the unit: 1240 are 12.4.</param>
/// <param name="Unit">mi or km.</param>
public sealed record DistanceBody(long Hundredths, [property: Text(8)] string Unit = Distance.Miles);

/// <param name="RatePerUnit">What its client is charged for a mile or kilometre, as decimal text; left out, it is not rebilled.</param>
public sealed record TripBody(
    Guid VehicleId, LocalDate DrivenOn, DistanceBody Distance, [property: Text(200)] string Purpose, Guid? Id = null,
    [property: Text(200)] string? From = null, [property: Text(200)] string? To = null, Guid? ClientId = null,
    Guid? EngagementId = null, [property: Text(20)] string? RatePerUnit = null);

public sealed record AddVehicleBody([property: Text(200)] string Name, bool IsLeased = false, Guid? Id = null);

/// <param name="Method">standard or actual.</param>
/// <param name="Total">All that the vehicle was driven in the year, private trips too; actual costs need it.</param>
public sealed record VehicleYearBody(int Year, [property: Text(20)] string Method, DistanceBody? Total = null);

/// <param name="StandardDeduction">Its miles at the rate of the day, whatever the vehicle's method is.</param>
public sealed record TripDetail(TripView Trip, Money StandardDeduction)
{
    public static TripDetail Of(TripView trip) => new(
        trip, VehicleDeductions.AtStandardRate(new BusinessTrip(trip.ExpenseId, trip.VehicleId, trip.DrivenOn, trip.Distance)));
}

public static class TripEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapTrips(this IEndpointRouteBuilder v1)
    {
        v1.Command<TripBody>("/trips", Keepers, call => new RecordTripCommand(
                call.Context, new RecordTrip(call.IdOrNew(call.Body.Id), Facts(call.Body), call.Now)),
            (_, done) => Answers.Created(done, "/v1/trips"));

        v1.Command<TripBody>("/trips/{id:guid}:correct", Keepers, call => new CorrectTripCommand(
                call.Context, call.RouteId(), new CorrectTrip(Facts(call.Body), call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<NoBody>("/trips/{id:guid}:remove", Keepers, call => new RemoveExpenseCommand(
                call.Context, call.RouteId(), new RemoveExpense(call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<AddVehicleBody>("/vehicles", Keepers, call => new AddVehicleCommand(
                call.Context, new AddVehicle(call.IdOrNew(call.Body.Id), call.Body.Name, call.Body.IsLeased, call.Now)),
            (_, done) => Answers.Created(done, "/v1/vehicles"));

        v1.Command<VehicleYearBody>("/vehicles/{id:guid}:set-year", Keepers, call => new SetVehicleYearCommand(
                call.Context, call.RouteId(),
                new SetVehicleYear(
                    call.Body.Year, call.Body.Method, call.Body.Total is { } total ? new Distance(total.Hundredths, total.Unit) : null,
                    call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Query<ListView<TripDetail>>("/trips", Keepers, call =>
        {
            var filter = new TripFilter(call.Id("vehicle"), call.Date("from"), call.Date("to")?.PlusDays(1));
            var page = call.Service<TripQueries>().Trips(call.Book, filter, call.Page());
            return new(call.Paged(new Page<TripDetail>([.. page.Items.Select(TripDetail.Of)], page.Next)));
        }, "vehicle", "from", "to", "cursor", "limit", AsOf.Known);

        v1.Query<TripDetail>("/trips/{id:guid}", Keepers, call =>
        {
            var trip = call.Service<TripQueries>().Trip(call.Book, call.RouteId());
            return new(Lists.One(trip is null ? null : TripDetail.Of(trip), "trip", found => found.Trip.Version));
        }, AsOf.Known);

        v1.Query<ListView<VehicleView>>("/vehicles", Keepers, call => new(
            Lists.All(call.Service<TripQueries>().Vehicles(call.Book))), AsOf.Known);
    }

    private static TripFacts Facts(TripBody body) => new(
        body.VehicleId, body.DrivenOn, new Distance(body.Distance.Hundredths, body.Distance.Unit), body.ClientId, body.EngagementId,
        body.RatePerUnit, body.Purpose, body.From, body.To);
}
