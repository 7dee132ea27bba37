using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Reports;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Billing.Api.Description;

/// <summary>What an endpoint's types do not say: its parameters, its headers, who may use it, and its refusals.</summary>
internal sealed partial class DescribedOperation : IOpenApiOperationTransformer
{
    public Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata;
        var method = context.Description.HttpMethod!;
        var path = Constraint().Replace(context.Description.RelativePath!, "}");
        operation.OperationId = OperationId(method, path);
        operation.Tags = new HashSet<OpenApiTagReference> { new(Words(path).First(), context.Document) };
        operation.Parameters =
        [
            .. PathParameters(path),
            .. endpoint.OfType<QueryParameters>().SelectMany(query => query.Parameters).Select(Parameter),
            .. method == HttpMethods.Post && endpoint.OfType<TakesCommand>().Any() ? CommandParameters() : [],
        ];
        if (endpoint.OfType<AllowedRoles>().FirstOrDefault() is { } allowed)
        {
            operation.Description = endpoint.OfType<ShowsRates>().Any()
                ? $"For {Roles(allowed.Roles)}; of assistants, only for who may see rates."
                : $"For {Roles(allowed.Roles)}.";
            if (endpoint.OfType<NeededScope>().FirstOrDefault()?.Name is { } scope)
                operation.Description += $" Of tokens with scopes, for those with {scope}.";
        }
        if (endpoint.OfType<PublicEndpoint>().FirstOrDefault() is { } open)
        {
            operation.Description = $"Takes no member's token: {open.Reason}.";
            operation.Security = [];
        }
        operation.Responses ??= [];
        if (endpoint.OfType<TakesCommand>().Any() && operation.Responses.GetValueOrDefault("200") is { } done)
        {
            operation.Responses["201"] = new OpenApiResponse
            {
                Description = "Something new was made; `Location` says where it is.",
                Content = done.Content,
            };
        }
        operation.Responses["default"] = new OpenApiResponseReference(DescribedDocument.Refusal, context.Document);
        return Task.CompletedTask;
    }

    /// <summary>Words of the address and the method: <c>POST v1/retainers/{id}:renew</c> is <c>retainersIdRenewPost</c>.</summary>
    private static string OperationId(string method, string path)
    {
        var words = Words(path).Append(method.ToLowerInvariant()).Select(word => char.ToUpperInvariant(word[0]) + word[1..]);
        var name = string.Concat(words);
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static IEnumerable<string> Words(string path) =>
        Word().Matches(path["v1/".Length..]).Select(match => match.Value);

    private static IEnumerable<IOpenApiParameter> PathParameters(string path) => InBraces().Matches(path).Select(match =>
    {
        var name = match.Groups["name"].Value;
        return new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Path,
            Required = true,
            Description = name == "week" ? "ISO 8601 week, such as 2026-W14." : null,
            Schema = name switch
            {
                "year" => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                "id" => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
                "report" => new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Enum = [.. ReportWish.Names.Select(report => (JsonNode)JsonValue.Create(report))],
                },
                _ => new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };
    });

    private static OpenApiParameter Parameter(QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Required = parameter.IsRequired,
        Description = parameter.Meaning,
        Schema = new OpenApiSchema
        {
            Type = parameter.Type switch
            {
                "integer" => JsonSchemaType.Integer,
                "boolean" => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Format = parameter.Format,
        },
    };

    private static IEnumerable<IOpenApiParameter> CommandParameters() =>
    [
        Parameter(QueryParameter.Known["dryRun"]),
        Header("Idempotency-Key", "The same key and body get the first answer again; another body is refused. Kept for 30 days."),
        Header("If-Match", "The `ETag` of the resource as it was read; refused with 412 where it has changed since."),
    ];

    private static OpenApiParameter Header(string name, string meaning) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = meaning,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static string Roles(Role roles) => string.Join(", ", Enum.GetValues<Role>()
        .Where(role => role is Role.Owner or Role.Assistant or Role.Bookkeeper && roles.HasFlag(role))
        .Select(role => $"{role}".ToLowerInvariant()));

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();

    /// <summary>What a route says of a parameter beyond its name.</summary>
    [GeneratedRegex(@":[a-z]+\}")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}")]
    private static partial Regex InBraces();
}
