using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Billing.Api.Hosting;

/// <summary>
/// Keys of the framework for secrets in pages. Ours have none, so that the keys end with the process: no file in anyone's home
/// folder, and nothing to share between nodes.
/// </summary>
internal sealed class PassingKeys : IXmlRepository
{
    private readonly List<XElement> kept = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (kept) return [.. kept];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (kept) kept.Add(element);
    }
}
