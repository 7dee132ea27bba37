using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Tests.Expenses;

/// <summary>A client, an engagement and a vehicle to spend money on.</summary>
internal static class Garage
{
    public static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-0000000000d1");
    public static readonly Guid ClientId = Guid.Parse("0198c0de-0000-7000-8000-0000000000c1");
    public static readonly Guid EngagementId = Guid.Parse("0198c0de-0000-7000-8000-0000000000e1");
    public static readonly Guid Car = Guid.Parse("0198c0de-0000-7000-8000-0000000000ca");
    public static readonly Guid Invoice = Guid.Parse("0198c0de-0000-7000-8000-000000000111");
    public static readonly Instant Now = Instant.FromUtc(2026, 8, 5, 12, 0);
    public static readonly Instant Later = Instant.FromUtc(2026, 8, 6, 12, 0);
    public static readonly LocalDate Today = new(2026, 8, 5);

    public static readonly ExpenseSurroundings Around = new(
        Today, Currency.Usd, new HashSet<string> { "software", "car-and-truck", "depreciation" }, [2025, 2026],
        Client.Stream.Fold([new ClientEvent.ClientAdded(ClientId, "Globex", null, [], "USD", null, Now)]),
        Engagement.Stream.Fold([new EngagementEvent.EngagementAgreed(EngagementId, ClientId, "USD", "Inbox care", Now)]),
        Vehicle.Stream.Fold([new VehicleEvent.VehicleAdded(Car, "Hatchback", IsLeased: false, Now)]));

    public static Money Usd(long minor) => new(minor, Currency.Usd);
}
