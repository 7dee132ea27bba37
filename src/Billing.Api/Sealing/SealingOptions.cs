using Billing.EventStore.Sealing;

namespace Billing.Api.Sealing;

public sealed class SealingOptions
{
    /// <summary>32 bytes in base64, which wrap the keys where they lie; left out, the keys lie there as they are.</summary>
    public string? MasterKey { get; set; }

    internal MasterKey? Master => MasterKey is { } text ? EventStore.Sealing.MasterKey.Parse(text) : null;

    internal string? Fault() => MasterKey is not null && Master is null
        ? "Billing:Sealing:MasterKey is not 32 bytes in base64; make one with: openssl rand -base64 32"
        : null;
}
