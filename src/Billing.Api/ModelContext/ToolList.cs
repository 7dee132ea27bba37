using System.Reflection;
using ModelContextProtocol.Server;

namespace Billing.Api.ModelContext;

/// <summary>Every tool, made when somebody first asks: their schemas would be a good part of a server's start.</summary>
public sealed class ToolList(IServiceProvider services)
{
    private readonly Lazy<McpServerPrimitiveCollection<McpServerTool>> _tools = new(() =>
    [
        .. Of(services, typeof(TimeTools)), .. Of(services, typeof(BookTools)), .. Of(services, typeof(PreviewTools)),
    ]);

    public McpServerPrimitiveCollection<McpServerTool> Tools => _tools.Value;

    private static IEnumerable<McpServerTool> Of(IServiceProvider services, Type type) =>
        type.GetMethods().Where(method => method.IsDefined(typeof(McpServerToolAttribute)))
            .Select(method => McpServerTool.Create(
                method, request => ActivatorUtilities.CreateInstance(request.Services!, type),
                new McpServerToolCreateOptions { Services = services }));
}
