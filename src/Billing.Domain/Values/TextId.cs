using System.Security.Cryptography;
using System.Text;

namespace Billing.Domain.Values;

/// <summary>Ids that follow from a text: the same text, the same id.</summary>
internal static class TextId
{
    public static Guid Of(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
}
