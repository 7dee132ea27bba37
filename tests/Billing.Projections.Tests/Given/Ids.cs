namespace Billing.Projections.Tests.Given;

/// <summary>Ids that say what they are, the same in every run.</summary>
internal static class Ids
{
    public static readonly Guid Ada = Of(2, 1), Bob = Of(2, 2);
    public static readonly Guid Acme = Of(3, 1), Zenith = Of(3, 2);
    public static readonly Guid Inbox = Of(4, 1), Desk = Of(4, 2);

    public static Guid Of(int kind, int number) => new(
        kind, 0, 0, 0, 0, 0, 0, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number);
}
